package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.PullRequests;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Diff;
import io.github.imagedelivery.ecr.delivery.Diff.Pair;
import io.github.imagedelivery.ecr.delivery.DiffReport;
import io.github.imagedelivery.ecr.delivery.ImageName;
import io.github.imagedelivery.ecr.delivery.Module;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Says in what two images differ: platforms, annotations, members of the config, layers, and the files in them, also those
 * in a jar. {@code mvn package ecr:diff} builds the image of the working copy as {@code ecr:build} does and compares it
 * with the one that was published of the same commit; {@code mvn ecr:diff -Decr.diff.from=1.4.0 -Decr.diff.to=1.5.0}
 * builds nothing. ECR is only read, and of the layers only those that are not the same.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "diff",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        threadSafe = true)
public final class DiffMojo extends ModuleGoal {
    /**
     * The image in the repository that is compared with: a tag or a digest, {@code 1.4.0} or {@code sha256:...}. Default:
     * the one that has the SHA tag of this commit.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.diff.from")
    @Nullable
    String diffFrom;

    /**
     * Another image in the same repository, a tag or a digest, to compare with {@code ecr.diff.from}. Default: the
     * image that the working copy gives, which is built for it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.diff.to")
    @Nullable
    String diffTo;

    /**
     * Whether the build fails where the two images differ, so that a job can show that its images are reproducible.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.diff.fail", defaultValue = "false")
    boolean diffFail;

    @Override
    boolean publishes() {
        return false;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (Parameters.text(diffTo).isEmpty()) {
            super.execute();
        } else {
            Announcements.run(session, this::compareStored);
        }
    }

    @Override
    void begin() throws DeliveryException {
        DiffReport.forget(reportDirectory.toPath());
    }

    @Override
    Module module(ModuleApplication application) throws DeliveryException {
        names();
        return super.module(application);
    }

    @Override
    void make(Module module, MavenDeliveryLog log) throws DeliveryException {
        Module local = module.with(asItIs(module.coordinates()));
        tell(diff(log).ofBuild(local, names().from(), log::completed));
    }

    private Diff diff(MavenDeliveryLog log) throws DeliveryException {
        return wiring().diff(log, SessionProgress.of(this));
    }

    private void compareStored() throws DeliveryException {
        MavenDeliveryLog log = new MavenDeliveryLog(getLog());
        begin();
        Optional<String> reason = reasonToCompareNothing();
        if (reason.isPresent()) {
            log.skipped(project.getArtifactId(), reason.get());
            return;
        }
        new JibElements(this).spread();
        JibProperties.refuse(session, to != null);
        Names names = names();
        new Parameters(this).check();
        CoordinateSettings settings = asItIs(new CoordinateParameters(this).settings());
        Pair pair = new Pair(names.from(), names.to().orElseThrow());
        tell(diff(log).ofStored(project.getArtifactId(), settings, pair, log::completed));
    }

    /** In a build of one module that very repository is meant, whatever the module is. */
    private Optional<String> reasonToCompareNothing() {
        if (skip) {
            return Optional.of("ecr.skip is set");
        }
        boolean isAlone = session.getProjects().size() == 1;
        boolean hasNoImage = project.getPackaging().equals("pom") || FOR_A_SERVER.contains(project.getPackaging());
        return hasNoImage && !isAlone ? Optional.of("its packaging is " + project.getPackaging()) : Optional.empty();
    }

    /** Nothing is published: a working copy that differs from its commit, and a pull request, are as good as any. */
    private static CoordinateSettings asItIs(CoordinateSettings settings) {
        return settings.as(Dirty.SUFFIX, PullRequests.ANY_COMMIT);
    }

    /** The images that are named. */
    private record Names(Optional<ImageName> from, Optional<ImageName> to) {}

    private Names names() throws DeliveryException {
        Problems problems = new Problems();
        Optional<ImageName> from = Parameters.text(diffFrom)
                .flatMap(name ->
                        problems.read("ecr.diff.from", "the image of this commit", () -> ImageName.parse(name)));
        Optional<ImageName> other = Parameters.text(diffTo)
                .flatMap(name -> problems.read("ecr.diff.to", "the working copy", () -> ImageName.parse(name)));
        problems.raise();
        return new Names(from, other);
    }

    private void tell(DiffReport report) throws DeliveryException {
        Path reports = reportDirectory.toPath();
        report.write(reports);
        String module = project.getArtifactId();
        GoalLog log = new GoalLog(getLog());
        log.differs(module, report.lines());
        if (report.isSame()) {
            return;
        }
        log.allOfIt(module, reports.resolve(DiffReport.FILE));
        if (diffFail) {
            throw report.refusal(reports);
        }
    }
}
