package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The image of one platform that the application's layers are put on. Its layers are described, not held: their bytes
 * are opened only when the target lacks them.
 *
 * @param name what the user calls it: a reference, a path or {@code scratch}
 * @param digest digest of its manifest; empty for {@code scratch} and for a docker-archive, which has no manifest
 * @param config its config, every field kept
 * @param layers its layers, lowest first, with the media types that its own manifest gives them
 */
public record BaseImage(String name, Optional<Digest> digest, Json config, List<Blob> layers) {
    /** Copies the layers. */
    public BaseImage {
        layers = List.copyOf(layers);
    }

    /** Returns the empty image, on which only self-contained programs run. */
    public static BaseImage scratch(Platform platform) {
        Json config = Json.object()
                .with("architecture", Json.of(platform.architecture()))
                .with("os", Json.of(platform.os()));
        if (!platform.variant().isEmpty()) {
            config = config.with("variant", Json.of(platform.variant()));
        }
        return new BaseImage("scratch", Optional.empty(), config, List.of());
    }

    /**
     * Reads an image from disk: an OCI image layout (directory or tar) or a docker-archive tar, told apart by content.
     * Manifest and config are verified now, each layer whenever it is opened.
     *
     * @throws ImageException if it is none of these, damaged, made to harm, or has no image for the platform
     */
    public static BaseImage onDisk(Path path, Platform wanted) throws ImageException {
        return ImageOnDisk.read(path, wanted);
    }

    /**
     * Returns this image if it is for the platform.
     *
     * @throws ImageException naming both platforms, if the config says otherwise
     */
    public BaseImage requirePlatform(Platform wanted) throws ImageException {
        if (!isFor(wanted)) {
            throw new ImageException(
                    "The base image " + Texts.shown(name) + " is not for " + wanted,
                    "its config says " + Texts.shown(platform().toString()),
                    "choose another base image with -Decr.from=..., or the platform that it has");
        }
        return this;
    }

    /** Tells whether the image runs there; many configs leave the variant out, which only their index names. */
    boolean isFor(Platform wanted) {
        Platform own = platform();
        return wanted.admits(own)
                || (own.variant().isEmpty() && new Platform(wanted.os(), wanted.architecture(), "").admits(own));
    }

    /** Returns what the base runs on, as its config says. */
    public Platform platform() {
        return Platform.read(config);
    }
}
