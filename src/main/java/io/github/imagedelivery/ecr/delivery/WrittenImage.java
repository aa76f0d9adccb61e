package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.image.OutputFormat;
import io.github.imagedelivery.ecr.oci.Digest;
import java.nio.file.Path;

/**
 * An image that was built and lies on disk.
 *
 * @param module what messages call the module that it is made of
 * @param coordinates what a push would call it
 * @param digest the digest that a push would publish
 * @param imageId digest of its config; of several platforms, that of the first
 * @param destination where it lies
 */
public record WrittenImage(
        String module, Coordinates coordinates, Digest digest, Digest imageId, Destination destination) {
    /**
     * Where and how an image is written.
     *
     * @param format directory or tar
     * @param path the directory or file; replaced where it is there
     */
    public record Destination(OutputFormat format, Path path) {}

    static WrittenImage of(String module, Coordinates target, ImageSet images, Destination destination) {
        return new WrittenImage(
                module,
                target,
                images.root().digest(),
                images.first().config().descriptor().digest(),
                destination);
    }

    /** Returns the repository with the registry's host, where one is configured. */
    public String repository() {
        String host = coordinates
                .registry()
                .value()
                .map(EcrHost::value)
                .map(name -> name + "/")
                .orElse("");
        return host + coordinates.repository().value().value();
    }
}
