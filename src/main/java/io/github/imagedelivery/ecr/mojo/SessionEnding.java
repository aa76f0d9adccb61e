package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Publication;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import io.github.imagedelivery.ecr.mojo.ImageFiles.Facts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        Shutdown.OF_THE_JVM.holdBack(() -> {
            List<Publication> publications = delivery.publish(images);
            require(publications);
            for (Publication publication : publications) {
                if (publication.result().isSuccess()) {
                    writeFiles(publication.image());
                }
            }
        });
    }

    private static void writeFiles(StagedImage image) throws DeliveryException {
        ImageFiles.noted(image.reports())
                .write(new Facts(
                        image.uri(), image.coordinates(), image.digest().toString(), image.imageId(), true));
    }

    /** Fails if one of the publications has. */
    private static void require(List<Publication> publications) throws DeliveryException {
        List<DeliveryException> errors = Publication.errors(publications);
        if (!errors.isEmpty()) {
            throw DeliveryException.ofAll(errors);
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
