package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Builds the image of a module and publishes it to Amazon ECR under two tags, the Git SHA and the version: both or
 * neither. Needs no Docker. Modules without an application (parents, libraries) are skipped.
 *
 * <p>Every parameter can be inherited from a parent POM. Set them there by {@code <properties>}: what a POM's
 * {@code <configuration>} says cannot be overridden with {@code -D}.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "push",
        defaultPhase = LifecyclePhase.DEPLOY,
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        threadSafe = true)
public final class PushMojo extends StagingMojo {
    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        // Before anything is skipped: a resumed build may have nothing to stage itself.
        LeftBehind.tellAtTheEnd(session, new MavenDeliveryLog(getLog()));
        super.execute();
    }

    @Override
    void deliver(StagedImage staged, Delivery delivery, MavenDeliveryLog log)
            throws DeliveryException, MojoExecutionException {
        SessionEnding ending = new SessionEnding(delivery, log);
        if (new PublishParameters(this).publishesAtOnce()) {
            ending.finish(List.of(staged));
            return;
        }
        delivery.note(staged);
        ReactorBarrier.arrive(session, arrival(staged), ending);
        log.waiting(staged);
    }

    @Override
    void foresee(StagedImage planned) throws DeliveryException, MojoExecutionException {
        if (!new PublishParameters(this).publishesAtOnce()) {
            ReactorBarrier.foresee(session, arrival(planned));
        }
    }

    private ReactorBarrier.Arrival arrival(StagedImage image) {
        String version = execution.getMojoDescriptor().getPluginDescriptor().getVersion();
        return new ReactorBarrier.Arrival(ReactorBarrier.key(project), image(image), image.reports(), version);
    }

    private static ReactorBarrier.Image image(StagedImage staged) {
        List<String> names = List.of(
                staged.uri() + ":" + staged.coordinates().shaTag().value(),
                staged.uri() + ":" + staged.coordinates().versionTag().value());
        return new ReactorBarrier.Image(staged.uri() + "@" + staged.digest(), names);
    }
}
