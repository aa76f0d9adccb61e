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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
     * @param top digest of what the reference stands for: of the index where there is one
     * @param platforms what the index names; none where there is no index
     */
    record Found(Manifest manifest, Json config, Digest top, List<Platform> platforms) {
        BaseImage image(Reference reference, Repository repository) {
            List<Blob> layers = manifest.layers().stream()
                    .<Blob>map(layer -> new RemoteLayer(layer, repository))
                    .toList();
            return new BaseImage(reference.toString(), Optional.of(top), config, layers);
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

    /** What is read from a registry, and may be of another form than it must have. */
    private interface Reading<T> {
        T run() throws RegistryException, DeliveryException, FormatException, IOException;
    }

    private static <T> T readable(Reference reference, Reading<T> reading) throws RegistryException, DeliveryException {
        try {
            return reading.run();
        } catch (FormatException | IOException e) {
            throw DeliveryException.ofService(
                    "The base image " + reference + " cannot be used; nothing was built or sent",
                    e,
                    "name another base image with ecr.from");
        }
    }

    /** Reads what the reference stands for: an index, or the manifest of one image. */
    Manifest top(Reference reference, Repository repository) throws RegistryException, DeliveryException {
        return readable(
                reference,
                () -> reference.digest().isPresent()
                        ? manifest(reference.digest().get(), repository)
                        : tagged(reference, repository));
    }

    /** Reads the image of the platform in what the reference stands for. */
    Found image(Reference reference, Manifest top, Platform platform, Repository repository)
            throws RegistryException, DeliveryException {
        return readable(reference, () -> {
            Manifest image = top.isIndex() ? manifest(choose(top, platform, reference), repository) : top;
            return new Found(
                    image, config(image, repository), top.digest(), top.isIndex() ? platforms(top) : List.of());
        });
    }

    /** Reads the image that the platform is locked to, whatever the reference stands for now. */
    Found locked(Reference reference, LockedBase locked, Digest image, Repository repository)
            throws RegistryException, DeliveryException {
        return readable(reference, () -> {
            Manifest manifest = manifest(image, repository);
            return new Found(manifest, config(manifest, repository), locked.digest(), locked.ofIndex());
        });
    }

    /** Says what to lock the reference to. */
    LockedBase lock(Reference reference, Manifest top, Repository repository)
            throws RegistryException, DeliveryException {
        return readable(reference, () -> {
            Map<String, Digest> platforms = new TreeMap<>();
            if (top.isIndex()) {
                for (IndexEntry entry : images(top)) {
                    // Of several for one platform the first is the one that is built on.
                    platforms.putIfAbsent(
                            entry.platform().toString(), entry.manifest().digest());
                }
            } else {
                platforms.put(Platform.read(config(top, repository)).toString(), top.digest());
            }
            platforms.keySet().removeIf(name -> !Platform.isLegal(name));
            if (platforms.isEmpty()) {
                throw new FormatException("it names no platform");
            }
            return new LockedBase(top.digest(), platforms);
        });
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
            return manifest(last.orElseThrow(() -> e), repository);
        }
    }

    private Manifest manifest(Digest digest, Repository repository) throws RegistryException, FormatException {
        return manifest(new Descriptor("", digest, 0), repository);
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

    private Json config(Manifest image, Repository repository) throws RegistryException, FormatException, IOException {
        return config(
                image.config()
                        .orElseThrow(() -> new FormatException("the manifest " + image.digest() + " names no config")),
                repository);
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
        return platform.best(images(index), IndexEntry::platform).stream()
                .map(IndexEntry::manifest)
                .findFirst()
                .orElseThrow(
                        () -> DeliveryException.ofUser(
                                "The base image " + reference + " is not there for " + platform,
                                "its index names "
                                        + platforms(index).stream()
                                                .map(Platform::toString)
                                                .collect(Collectors.joining(", ")),
                                "set ecr.platform, or ecr.platforms for several, to what is there; or name another base image with ecr.from"));
    }

    private static List<IndexEntry> images(Manifest index) {
        return index.entries().stream()
                .filter(entry -> MediaTypes.isImageManifest(entry.manifest().mediaType()))
                .filter(entry -> !entry.platform().os().equals("unknown"))
                .toList();
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
