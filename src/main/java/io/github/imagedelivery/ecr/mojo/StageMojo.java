package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Builds the image of a module and brings all of its content into Amazon ECR by digest, without a tag. What was staged
 * is noted in {@code target/ecr/staged.json}; {@code ecr:publish} points the tags later, once a gate of the pipeline's
 * own (a scan, an approval) has been passed.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "stage",
        defaultPhase = LifecyclePhase.DEPLOY,
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        threadSafe = true)
public final class StageMojo extends StagingMojo {
    @Override
    void deliver(StagedImage staged, Delivery delivery, MavenDeliveryLog log) throws DeliveryException {
        delivery.note(staged);
        log.noted(staged);
    }

    @Override
    void foresee(StagedImage planned) {
        // Images are compared with each other when they are published.
    }
}
