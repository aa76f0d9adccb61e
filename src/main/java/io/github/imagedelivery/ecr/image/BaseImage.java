package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;
import java.util.Optional;

/**
 * The image of one platform that the application's layers are put on. Its layers are described, not held: their bytes
 * are opened only when the target lacks them.
 *
 * @param name what the user calls it: a reference, a path or {@code scratch}
 * @param digest digest of its manifest; empty for {@code scratch}
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
        return new BaseImage("scratch", Optional.empty(), config, List.of());
    }

    /** Returns what the base runs on, as its config says. */
    public Platform platform() {
        return Platform.read(config);
    }
}
