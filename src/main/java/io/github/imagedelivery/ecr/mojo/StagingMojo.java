package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.LastRun;
import io.github.imagedelivery.ecr.delivery.Module;
import io.github.imagedelivery.ecr.delivery.PushPlan;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** A goal that stages the image of a module, and then does something with it. */
abstract class StagingMojo extends ModuleGoal {
    /**
     * Says what would be done and does none of it: what the image would be called, which layers would be sent, what would
     * become of each tag, whether a repository would be created. ECR is only read. The plan is in
     * {@code target/ecr/plan.json}; what a push would be refused for is refused.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.dryRun", defaultValue = "false")
    boolean dryRun;

    private Optional<LastRun> last = Optional.empty();

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Announcements.watch(session, reportDirectory.toPath(), new GoalLog(getLog()));
        super.execute();
    }

    /** What another execution of this session has staged is still to be published. */
    @Override
    void begin() throws DeliveryException {
        if (!ReactorBarrier.isWaiting(session, ReactorBarrier.key(project))) {
            last = Delivery.forget(reportDirectory.toPath());
            ImageFiles.of(this).forget(reportDirectory.toPath());
        }
    }

    @Override
    void make(Module module, MavenDeliveryLog log) throws DeliveryException, MojoExecutionException {
        Delivery delivery = delivery(log);
        if (dryRun) {
            PushPlan plan = delivery.plan(module, log::completed);
            foresee(plan.image());
            new PlanLog(getLog()).print(plan);
            return;
        }
        StagedImage staged = delivery.stage(module, last, log::completed);
        ImageFiles.of(this).note(reportDirectory.toPath());
        deliver(staged, delivery, log);
        if (Parameters.isLocal(this)) {
            log.lookAtIt(staged, SharedEcr.storage(session));
        }
        project.getProperties().setProperty("ecr.imageReference", staged.uri() + "@" + staged.digest());
        project.getProperties().setProperty("ecr.digest", staged.digest().toString());
    }

    /** Does what the goal is for with an image whose content is in its repository. */
    abstract void deliver(StagedImage staged, Delivery delivery, MavenDeliveryLog log)
            throws DeliveryException, MojoExecutionException;

    /** Refuses what the session would refuse of an image that is planned. */
    abstract void foresee(StagedImage planned) throws DeliveryException, MojoExecutionException;
}
