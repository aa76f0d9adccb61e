package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.BaseSettings;
import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Points both tags at every image that {@code ecr:stage} has staged in this build's modules, or at none: what
 * {@code target/ecr/staged.json} of each module names. What the tags point at is read anew, and a tag that may not move
 * is refused before any is written. {@code ecr.undo}, {@code ecr.onSuperseded} and {@code ecr.movingVersions} are those
 * that were set when the images were staged. Run it on the whole reactor, once: {@code mvn ecr:publish}.
 *
 * @since 0.1.0
 */
@Mojo(name = "publish", aggregator = true, threadSafe = true)
public final class PublishMojo extends LoginParameters {
    /**
     * Says what would become of each tag, and writes none: ECR is only read. The plan of each image is in
     * {@code target/ecr/plan.json} of its module; what was staged stays staged.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.dryRun", defaultValue = "false")
    boolean dryRun;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Announcements.run(session, this::run);
    }

    private void run() throws DeliveryException, MojoExecutionException, MojoFailureException {
        MavenDeliveryLog log = new MavenDeliveryLog(getLog());
        Path bases = TopDirectory.of(session).resolve("target/ecr/bases");
        Delivery delivery = Wiring.of(
                        this,
                        new BaseParameters.Bases(BaseSettings.in(bases), SessionLogins.Where.NONE, Optional.empty()))
                .delivery(log, SessionProgress.of(this));
        if (dryRun) {
            PlanLog plans = new PlanLog(getLog());
            delivery.plan(staged(), log::completed).forEach(plans::print);
        } else {
            new SessionEnding(delivery, log).finish(reconsidered(delivery, log));
        }
    }

    private List<StagedImage> reconsidered(Delivery delivery, MavenDeliveryLog log) throws DeliveryException {
        List<StagedImage> images = new ArrayList<>();
        for (Path reports : staged()) {
            Announcements.watch(session, reports, log);
            images.add(delivery.reconsider(reports, log::completed));
        }
        return images;
    }

    /** Returns the report directories of the modules that have something staged. */
    private List<Path> staged() throws DeliveryException {
        List<Path> staged = session.getProjects().stream()
                .map(LeftBehind::reports)
                .filter(Delivery::isStaged)
                .toList();
        if (staged.isEmpty()) {
            throw DeliveryException.ofUser(
                    "There is nothing to publish",
                    "no module of this build has a target/ecr/staged.json",
                    "run mvn ecr:stage in the same working directory first, without a clean in between");
        }
        return staged;
    }
}
