package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.delivery.ParallelUploads.Upload;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.image.BuiltImage;
import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings every blob and the manifest of an image into a repository by digest, and reads the manifest back. Holds a
 * {@link ContentStore} alone, so whatever it does, no tag can appear.
 */
final class Stager {
    private static final int TRIES = 4;
    private static final long PAUSE_MILLIS = 1_500;
    private static final long SHORT_PAUSE_MILLIS = 500;

    private final ContentStore store;
    private final Optional<Origin> base;
    private final Pause pause;

    /**
     * Creates a stager.
     *
     * @param base the repository that the base image was read from, to mount its layers from
     */
    Stager(ContentStore store, Optional<Origin> base, Pause pause) {
        this.store = store;
        this.base = base;
        this.pause = pause;
    }

    /** Stages the image. */
    Staging stage(BuiltImage image) throws AwsException, RegistryException, DeliveryException {
        Map<Digest, Upload> blobs = blobs(image);
        Set<Digest> present = store.present(blobs.keySet());
        Map<Digest, Fate> fates = upload(blobs, present);
        boolean isNew;
        try {
            isNew = push(image.manifest());
        } catch (AwsException e) {
            if (!e.isMissingContent()) {
                throw e;
            }
            // What was reported as present has been collected meanwhile: bring everything, believing nothing.
            fates = upload(blobs, Set.of());
            isNew = push(image.manifest());
        }
        verify(image.manifest());
        return summary(image, fates, isNew);
    }

    private Map<Digest, Upload> blobs(BuiltImage image) {
        Map<Digest, Upload> blobs = new LinkedHashMap<>();
        for (Layer layer : image.layers()) {
            blobs.put(
                    layer.blob().descriptor().digest(),
                    new Upload(layer.blob(), layer.fromBase() ? base : Optional.empty()));
        }
        blobs.put(image.config().descriptor().digest(), new Upload(image.config(), Optional.empty()));
        return blobs;
    }

    private Map<Digest, Fate> upload(Map<Digest, Upload> blobs, Set<Digest> present)
            throws AwsException, RegistryException {
        Map<Digest, Upload> missing = new LinkedHashMap<>(blobs);
        missing.keySet().removeAll(present);
        return new ParallelUploads(store).run(missing.values());
    }

    /** Stores the manifest, again where that comes too fast for ECR: other builds use up the same quota. */
    private boolean push(Manifest manifest) throws AwsException {
        for (int tries = 1; ; tries++) {
            try {
                return store.push(manifest);
            } catch (AwsException e) {
                if (!e.isThrottling() || tries == TRIES || !pause.passes(tries * SHORT_PAUSE_MILLIS)) {
                    throw e;
                }
            }
        }
    }

    /** Reads the manifest back, again for about five seconds: reads may lag behind writes. */
    private void verify(Manifest manifest) throws AwsException, DeliveryException {
        for (int tries = 0; tries < TRIES; tries++) {
            if (tries > 0 && !pause.passes(PAUSE_MILLIS)) {
                break;
            }
            if (store.manifest(manifest.digest()).filter(manifest::equals).isPresent()) {
                return;
            }
        }
        throw DeliveryException.ofService(
                        "The staged image cannot be read back; nothing was tagged",
                        "ECR does not return " + manifest.digest() + " as it was sent",
                        "run the build again; if it persists, look for a lifecycle policy that removes untagged images")
                .afterSending();
    }

    private static Staging summary(BuiltImage image, Map<Digest, Fate> fates, boolean isNew) {
        List<Part> layers = image.layers().stream()
                .map(layer -> part(layer.name(), layer.blob(), fates))
                .toList();
        return new Staging(layers, part("config", image.config(), fates), isNew);
    }

    private static Part part(String name, Blob blob, Map<Digest, Fate> fates) {
        return new Part(
                name, blob.descriptor(), fates.getOrDefault(blob.descriptor().digest(), Fate.REUSED));
    }

    /** Returns the summary of an image that needs no staging, because all its tags point at it. */
    static Staging nothingToDo(BuiltImage image) {
        return summary(image, Map.of(), false);
    }
}
