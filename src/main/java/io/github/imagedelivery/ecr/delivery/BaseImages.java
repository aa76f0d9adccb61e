package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Reference;
import io.github.imagedelivery.ecr.registry.Authorization;
import io.github.imagedelivery.ecr.registry.Registries;
import io.github.imagedelivery.ecr.registry.RegistryException;
import io.github.imagedelivery.ecr.registry.Repository;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds base images: in a registry, on disk, or the empty one. A reference is resolved once, so that all modules of a
 * session are built on the same digest, and all platforms on those of one index. Safe for use by several threads.
 */
public final class BaseImages {
    private static final String SCRATCH = "scratch";
    private static final int NOT_FOUND = 404;
    private static final Set<Integer> REFUSALS = Set.of(401, 403, BaseRefusals.TOO_MANY_REQUESTS);

    private final Registries registries;
    private final EcrSource ecrs;
    private final RegistryLogins logins;
    private final BaseSettings settings;
    private final BaseReader reader;
    private final BaseLock lock;
    private final Map<String, BaseLogin> loggedIn = new ConcurrentHashMap<>();
    private final BaseRefusals refusals = new BaseRefusals(loggedIn);
    private final Set<Reference> withoutMirror = ConcurrentHashMap.newKeySet();
    private final Map<Reference, Manifest> tops = new HashMap<>();
    private final Map<String, BaseReader.Found> resolved = new HashMap<>();

    /**
     * Creates an empty collection of images that are read where their names say.
     *
     * @param logins logins to registries other than ECR
     * @param cache directory that manifests and configs are kept in by digest; made when first needed
     */
    public BaseImages(Registries registries, EcrSource ecrs, RegistryLogins logins, Path cache) {
        this(registries, ecrs, logins, BaseSettings.in(cache));
    }

    /** Creates an empty collection; the logins are those to registries other than ECR. */
    public BaseImages(Registries registries, EcrSource ecrs, RegistryLogins logins, BaseSettings settings) {
        this.registries = registries;
        this.ecrs = ecrs;
        this.logins = logins;
        this.settings = settings;
        this.reader = new BaseReader(new ContentCache(settings.cache()));
        this.lock = new BaseLock(settings.lock());
    }

    /** Returns a layer of a base image that is read from disk from the second time on; the caller reads all of it. */
    Blob kept(Blob layer) {
        return new ContentCache(settings.cache()).kept(layer);
    }

    /** Finds the base image for the platform. Its layers are read through the listener's connection. */
    BaseSource find(String name, Platform platform, Exchange.Listener listener) throws DeliveryException {
        if (name.equals(SCRATCH)) {
            return BaseSource.here(BaseImage.scratch(platform));
        }
        try {
            Optional<Path> path = path(name);
            if (path.isPresent()) {
                return BaseSource.here(BaseImage.onDisk(path.get(), platform));
            }
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        }
        Reference reference = reference(name);
        Optional<LockedBase> locked = lock.of(reference);
        return read(reference, listener, place -> source(place, found(place, platform, locked), platform));
    }

    /**
     * Says what a base image is to be locked to: what its tag stands for now, for all of its platforms.
     *
     * @return empty for one that needs no lock: it is on disk, or pinned by its digest
     */
    public Optional<LockedBase> resolve(String name, Exchange.Listener listener) throws DeliveryException {
        if (name.equals(SCRATCH) || path(name).isPresent()) {
            return Optional.empty();
        }
        Reference reference = reference(name);
        return reference.digest().isPresent()
                ? Optional.empty()
                : Optional.of(
                        read(reference, listener, place -> reader.lock(reference, top(place), place.repository())));
    }

    /** Returns the lock file that counts; empty where there is none. */
    Optional<LockFile> lockFile() throws DeliveryException {
        return lock.file();
    }

    /**
     * Refuses a base whose Java is certainly too old for the module.
     *
     * @param release the Java release that the module is compiled for; empty where it needs no Java
     */
    void requireJava(String module, OptionalInt release, BaseSource base) throws DeliveryException {
        if (settings.checksJava()) {
            base.requireJava(module, release);
        }
    }

    private static Reference reference(String name) throws DeliveryException {
        try {
            return Reference.parse(name);
        } catch (FormatException e) {
            throw unreadable(e);
        }
    }

    private static DeliveryException unreadable(FormatException e) {
        return DeliveryException.ofUser(
                "The base image's name cannot be read",
                e,
                "set ecr.from to host/repository:tag or host/repository@sha256:..., to a path, or to scratch");
    }

    private static Optional<Path> path(String name) {
        try {
            Path path = Path.of(name);
            return path.isAbsolute() ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Where a base image is read.
     *
     * @param name what the user calls it
     * @param read where it is read: at a mirror, or where the name says
     * @param repository what it is read from
     * @param endpoint where that is
     */
    private record Place(Reference name, Reference read, Repository repository, URI endpoint) {
        boolean isMirror() {
            return !name.equals(read);
        }

        String words() {
            return words(name, read);
        }

        static String words(Reference name, Reference read) {
            return name.equals(read) ? name.toString() : name + " at its mirror " + read;
        }
    }

    private interface Reading<T> {
        T at(Place place) throws RegistryException, ImageException, DeliveryException;
    }

    /** Reads at the mirror where there is one, and where the name says only if that is allowed. */
    private <T> T read(Reference name, Exchange.Listener listener, Reading<T> reading) throws DeliveryException {
        Optional<Reference> mirror = mirror(name);
        if (mirror.isEmpty() || withoutMirror.contains(name)) {
            return read(name, name, listener, reading);
        }
        try {
            return read(name, mirror.get(), listener, reading);
        } catch (DeliveryException refusal) {
            if (!settings.mirrors().fallsBack()) {
                throw refusal;
            }
            withoutMirror.add(name);
            try {
                return read(name, name, listener, reading);
            } catch (DeliveryException e) {
                throw DeliveryException.ofAll(List.of(refusal, e));
            }
        }
    }

    private Optional<Reference> mirror(Reference name) throws DeliveryException {
        try {
            return settings.mirrors().of(name);
        } catch (FormatException e) {
            throw unreadable(e);
        }
    }

    private <T> T read(Reference name, Reference read, Exchange.Listener listener, Reading<T> reading)
            throws DeliveryException {
        try {
            return asSomebody(name, read, listener, reading);
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        } catch (RegistryException e) {
            throw refusals.of(Place.words(name, read), read.registry(), e);
        } catch (AwsException e) {
            throw refusals.of(Place.words(name, read), e);
        }
    }

    /** Reads as nobody, or with the login that is there; where nobody is refused, with one that AWS gives. */
    private <T> T asSomebody(Reference name, Reference read, Exchange.Listener listener, Reading<T> reading)
            throws RegistryException, AwsException, ImageException, DeliveryException {
        try {
            return reading.at(place(name, read, listener));
        } catch (RegistryException e) {
            BaseLogin login = loggedIn.get(read.registry());
            if (login == null || !REFUSALS.contains(e.status()) || !login.askAws(ecrs, listener)) {
                throw e;
            }
            return reading.at(place(name, read, listener));
        }
    }

    private Place place(Reference name, Reference read, Exchange.Listener listener)
            throws RegistryException, AwsException {
        Door door = door(read, listener);
        Repository repository = registries.open(door.endpoint(), read.repository(), door.authorization(), listener);
        return new Place(name, read, repository, door.endpoint());
    }

    private record Door(URI endpoint, Authorization authorization) {}

    private Door door(Reference reference, Exchange.Listener listener) throws AwsException {
        String host = reference.registry();
        try {
            Ecr ecr = ecrs.open(Optional.of(EcrHost.parse(host)), Optional.empty(), listener);
            return new Door(ecr.dataPlane(), new EcrAuthorization(ecr, reference.repository()));
        } catch (FormatException notEcr) {
            Authorization authorization = ecrs.isEmulatedAt(host)
                    ? new EcrAuthorization(
                            ecrs.open(Optional.empty(), Optional.empty(), listener), reference.repository())
                    : loggedIn.computeIfAbsent(host, missing -> new BaseLogin(missing, logins));
            return new Door(Endpoints.of(host), authorization);
        }
    }

    private static BaseSource source(Place place, BaseReader.Found found, Platform platform) throws ImageException {
        BaseImage image = found.image(place.name(), place.repository()).requirePlatform(platform);
        Origin origin = new Origin(place.endpoint(), place.read().repository());
        Optional<Reference> mirror = place.isMirror() ? Optional.of(place.read()) : Optional.empty();
        return new BaseSource(image, Optional.of(origin), found.platforms(), mirror);
    }

    private synchronized BaseReader.Found found(Place place, Platform platform, Optional<LockedBase> locked)
            throws RegistryException, DeliveryException {
        String key = place.name() + " " + platform;
        BaseReader.Found known = resolved.get(key);
        if (known == null) {
            known = locked.isPresent()
                    ? locked(place, platform, locked.get())
                    : reader.image(place.name(), top(place), platform, place.repository());
            resolved.put(key, known);
        }
        return known;
    }

    private BaseReader.Found locked(Place place, Platform platform, LockedBase locked)
            throws RegistryException, DeliveryException {
        Digest image = lock.image(place.name(), locked, platform);
        try {
            return reader.locked(place.name(), locked, image, place.repository());
        } catch (RegistryException e) {
            if (e.status() == NOT_FOUND) {
                throw lock.gone(place.words(), image, e);
            }
            throw e;
        }
    }

    private synchronized Manifest top(Place place) throws RegistryException, DeliveryException {
        Manifest known = tops.get(place.name());
        if (known == null) {
            known = reader.top(place.name(), place.repository());
            tops.put(place.name(), known);
        }
        return known;
    }
}
