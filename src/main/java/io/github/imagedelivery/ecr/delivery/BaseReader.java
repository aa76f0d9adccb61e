package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Manifest.IndexEntry;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Reference;
import io.github.imagedelivery.ecr.registry.RegistryException;
import io.github.imagedelivery.ecr.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what a base image is: its manifest and config, never its layers. What is known by digest is not asked again. */
final class BaseReader {
    private final ContentCache cache;

    BaseReader(ContentCache cache) {
        this.cache = cache;
    }

    /**
     * What a reference was resolved to.
     *
     * @param manifest the manifest of the platform's image
     * @param config its config
     * @param top what the reference stands for: the index where there is one
     */
    record Found(Manifest manifest, Json config, Manifest top) {
        /** Returns what the index names. */
        List<Platform> platforms() {
            return top.isIndex() ? BaseReader.platforms(top) : List.of();
        }

        BaseImage image(Reference reference, Repository repository) {
            List<Blob> layers = manifest.layers().stream()
                    .<Blob>map(layer -> new RemoteLayer(layer, repository))
                    .toList();
            return new BaseImage(reference.toString(), Optional.of(top.digest()), config, layers);
        }
    }

    private record RemoteLayer(Descriptor descriptor, Repository repository) implements Blob {
        @Override
        public InputStream open() throws IOException {
            try {
                return repository.open(descriptor);
            } catch (RegistryException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /** Reads the image of the platform that the reference stands for. */
    Found read(Reference reference, Platform platform, Repository repository)
            throws RegistryException, DeliveryException {
        try {
            Manifest top = reference.digest().isPresent()
                    ? manifest(new Descriptor("", reference.digest().get(), 0), repository)
                    : tagged(reference, repository);
            Manifest image = top.isIndex() ? manifest(choose(top, platform, reference), repository) : top;
            Descriptor config = image.config()
                    .orElseThrow(() -> new FormatException("the manifest " + image.digest() + " names no config"));
            return new Found(image, config(config, repository), top);
        } catch (FormatException | IOException e) {
            throw DeliveryException.ofService(
                    "The base image " + reference + " cannot be used; nothing was built or sent",
                    e,
                    "name another base image with ecr.from");
        }
    }

    /** Asks what the tag stands for; a build that cannot ask takes what it stood for when one last did. */
    private Manifest tagged(Reference reference, Repository repository) throws RegistryException, FormatException {
        try {
            Manifest fetched = repository.manifest(reference.manifestReference());
            cache.put(fetched.digest(), fetched.bytes());
            cache.resolve(reference, fetched.digest());
            return fetched;
        } catch (RegistryException e) {
            Optional<Digest> last =
                    e.code().equals(RegistryException.OFFLINE) ? cache.resolved(reference) : Optional.empty();
            return manifest(new Descriptor("", last.orElseThrow(() -> e), 0), repository);
        }
    }

    private Manifest manifest(Descriptor descriptor, Repository repository) throws RegistryException, FormatException {
        Optional<byte[]> cached = cache.get(descriptor.digest());
        if (cached.isPresent()) {
            return Manifest.parse(cached.get(), descriptor.mediaType());
        }
        Manifest fetched = repository.manifest(descriptor.digest().toString());
        cache.put(fetched.digest(), fetched.bytes());
        return fetched;
    }

    private Json config(Descriptor descriptor, Repository repository)
            throws RegistryException, FormatException, IOException {
        Optional<byte[]> cached = cache.get(descriptor.digest());
        if (cached.isPresent()) {
            return Json.parse(cached.get());
        }
        if (descriptor.size() > Manifest.MAX_BYTES) {
            throw new FormatException("config of " + descriptor.size() + " bytes");
        }
        byte[] bytes = content(descriptor, repository);
        cache.put(descriptor.digest(), bytes);
        return Json.parse(bytes);
    }

    /** Reads a small blob, again if it breaks off: the registry client repeats requests, but no body that it has handed out. */
    private static byte[] content(Descriptor descriptor, Repository repository) throws RegistryException, IOException {
        try {
            return read(descriptor, repository);
        } catch (IOException brokenOff) {
            return read(descriptor, repository);
        }
    }

    private static byte[] read(Descriptor descriptor, Repository repository) throws RegistryException, IOException {
        try (InputStream in = repository.open(descriptor)) {
            return in.readAllBytes();
        }
    }

    private static Descriptor choose(Manifest index, Platform platform, Reference reference) throws DeliveryException {
        List<IndexEntry> images = index.entries().stream()
                .filter(entry -> MediaTypes.isImageManifest(entry.manifest().mediaType()))
                .toList();
        return platform.best(images, IndexEntry::platform).stream()
                .map(IndexEntry::manifest)
                .findFirst()
                .orElseThrow(() -> DeliveryException.ofUser(
                        "The base image " + reference + " is not there for " + platform,
                        "its index names "
                                + platforms(index).stream()
                                        .map(Platform::toString)
                                        .collect(Collectors.joining(", ")),
                        "set ecr.platform to one of them, or name another base image with ecr.from"));
    }

    /** Names what the index has, without the attestations, which are entered for an unknown platform. */
    private static List<Platform> platforms(Manifest index) {
        return index.entries().stream()
                .map(IndexEntry::platform)
                .filter(platform -> !platform.os().equals("unknown"))
                .distinct()
                .toList();
    }
}
