package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.image.BuiltImage;
import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of two images that are compared.
 *
 * @param manifest its manifest
 * @param blobs where its blobs are read
 */
record ComparedImage(Manifest manifest, Blobs blobs) {
    /** Opens blobs. */
    interface Blobs {
        /** Opens a blob from its first byte. */
        InputStream open(Descriptor blob) throws IOException;
    }

    /** Returns an image that was just built. */
    static ComparedImage built(BuiltImage image) {
        return new ComparedImage(image.manifest(), blob -> blob(image, blob).open());
    }

    private static Blob blob(BuiltImage image, Descriptor wanted) {
        return image.layers().stream()
                .map(Layer::blob)
                .filter(blob -> blob.descriptor().digest().equals(wanted.digest()))
                .findFirst()
                .orElseGet(image::config);
    }

    /** Returns an image that lies in a repository. */
    static ComparedImage stored(Manifest manifest, ContentStore store) {
        return new ComparedImage(manifest, new Stored(store));
    }

    /** Reads the config. */
    Json config() throws IOException, FormatException {
        Optional<Descriptor> config = manifest.config();
        if (config.isEmpty() || config.get().size() > Manifest.MAX_BYTES) {
            throw new FormatException("it has no config that can be read");
        }
        try (InputStream in = blobs.open(config.get())) {
            return Json.parse(in.readAllBytes());
        }
    }

    /** Returns the layers, lowest first. */
    List<Blob> layers() {
        return manifest.layers().stream()
                .<Blob>map(layer -> new Part(layer, blobs))
                .toList();
    }

    private record Part(Descriptor descriptor, Blobs blobs) implements Blob {
        @Override
        public InputStream open() throws IOException {
            return blobs.open(descriptor);
        }
    }

    /**
     * The blobs of a repository. One that lets nobody read is asked once and not for every layer with all its tries.
     */
    private static final class Stored implements Blobs {
        private final ContentStore store;
        private @Nullable IOException closed;

        Stored(ContentStore store) {
            this.store = store;
        }

        @Override
        public InputStream open(Descriptor blob) throws IOException {
            if (closed != null) {
                throw closed;
            }
            try {
                return store.open(blob);
            } catch (RegistryException e) {
                IOException failure = new IOException(DeliveryException.words(e), e);
                closed = e.status() == 404 ? null : failure;
                throw failure;
            } catch (AwsException e) {
                closed = new IOException(DeliveryException.words(e), e);
                throw closed;
            }
        }
    }
}
