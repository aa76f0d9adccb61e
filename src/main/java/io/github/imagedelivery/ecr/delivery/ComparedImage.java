package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.image.ImageSet;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of two images that are compared.
 *
 * @param where where it is, in words that follow a noun: {@code in ECR}
 * @param manifest its manifest, or an index
 * @param blobs where its blobs are read, and the manifests that an index names
 */
record ComparedImage(String where, Manifest manifest, Blobs blobs) {
    private static final String HERE = "in this build";

    /** Gives content by digest. */
    interface Blobs {
        /** Opens a blob from its first byte. */
        InputStream open(Descriptor blob) throws IOException;

        /** Returns a manifest that an index names. */
        Manifest manifest(Descriptor manifest) throws IOException;
    }

    /** Returns an image that was just built. */
    static ComparedImage built(ImageSet images) {
        return new ComparedImage(HERE, images.root(), new Built(images));
    }

    /** Returns an image that lies in a repository. */
    static ComparedImage stored(Manifest manifest, ContentStore store) {
        return new ComparedImage("in ECR", manifest, new Stored(store));
    }

    /** Returns the same image, that this build makes although it was read from a repository. */
    ComparedImage asBuilt() {
        return at(HERE);
    }

    /** Returns the same image, said to be elsewhere. */
    ComparedImage at(String place) {
        return new ComparedImage(place, manifest, blobs);
    }

    /** Returns the image of one platform that the index names. */
    ComparedImage child(Descriptor wanted) throws IOException {
        return new ComparedImage(where, blobs.manifest(wanted), blobs);
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

    private record Built(ImageSet images) implements Blobs {
        @Override
        public InputStream open(Descriptor wanted) throws IOException {
            return images.images().stream()
                    .flatMap(
                            image -> Stream.concat(image.layers().stream().map(Layer::blob), Stream.of(image.config())))
                    .filter(blob -> blob.descriptor().digest().equals(wanted.digest()))
                    .findFirst()
                    .orElseThrow(() -> new IOException(wanted.digest() + " is no part of this build"))
                    .open();
        }

        @Override
        public Manifest manifest(Descriptor wanted) throws IOException {
            return images.children().stream()
                    .filter(child -> child.digest().equals(wanted.digest()))
                    .findFirst()
                    .orElseThrow(() -> new IOException(wanted.digest() + " is no part of this build"));
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

        @Override
        public Manifest manifest(Descriptor manifest) throws IOException {
            try {
                return store.manifest(manifest.digest())
                        .orElseThrow(() -> new IOException(manifest.digest() + " is not there any more"));
            } catch (AwsException e) {
                throw new IOException(DeliveryException.words(e), e);
            }
        }
    }
}
