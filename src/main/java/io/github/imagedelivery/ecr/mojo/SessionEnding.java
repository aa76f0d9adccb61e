package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Publication;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Publishes what the modules of a session have staged, or says what was left without a tag.
 *
 * @param delivery publishes
 * @param log is told
 */
record SessionEnding(Delivery delivery, MavenDeliveryLog log) implements ReactorBarrier.Ending {
    @Override
    public void publish(List<Path> staged) throws MojoExecutionException, MojoFailureException {
        try {
            finish(resumed(staged));
        } catch (DeliveryException e) {
            throw Failures.of(e);
        }
    }

    /** Publishes the images and fails if one of them cannot be; does not begin once the build is told to end. */
    void finish(List<StagedImage> images) throws DeliveryException {
        Shutdown.OF_THE_JVM.holdBack(() -> require(delivery.publish(images)));
    }

    /** Fails if one of the publications has. */
    private static void require(List<Publication> publications) throws DeliveryException {
        // By what they say: one refusal is the error of every image that is published together.
        Map<String, DeliveryException> errors = new LinkedHashMap<>();
        for (Publication publication : publications) {
            if (publication.isFailure()) {
                publication.error().ifPresent(error -> errors.putIfAbsent(error.getMessage(), error));
            }
        }
        if (!errors.isEmpty()) {
            throw DeliveryException.ofAll(List.copyOf(errors.values()));
        }
    }

    @Override
    public void abandon(List<Path> staged) {
        try {
            log.abandoned(resumed(staged));
        } catch (DeliveryException e) {
            log.unreadable(e);
        }
    }

    private List<StagedImage> resumed(List<Path> staged) throws DeliveryException {
        List<StagedImage> images = new ArrayList<>();
        for (Path reports : staged) {
            images.add(delivery.resume(reports, log::completed));
        }
        return images;
    }
}
