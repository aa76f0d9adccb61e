package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Finds base images: in a registry, on disk, or the empty one. A reference is resolved once, so that all modules of a
 * session are built on the same digest. Safe for use by several threads.
 */
public final class BaseImages {
    private static final String SCRATCH = "scratch";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> REFUSALS = Set.of(401, 403, TOO_MANY_REQUESTS);

    private final Registries registries;
    private final EcrSource ecrs;
    private final RegistryLogins logins;
    private final ContentCache cache;
    private final BaseReader reader;
    private final Map<String, BaseLogin> loggedIn = new ConcurrentHashMap<>();
    private final Map<String, BaseReader.Found> resolved = new HashMap<>();

    /**
     * Creates an empty collection.
     *
     * @param logins logins to registries other than ECR
     * @param cache directory that manifests and configs are kept in by digest; made when first needed
     */
    public BaseImages(Registries registries, EcrSource ecrs, RegistryLogins logins, Path cache) {
        this.registries = registries;
        this.ecrs = ecrs;
        this.logins = logins;
        this.cache = new ContentCache(cache);
        this.reader = new BaseReader(this.cache);
    }

    /** Returns a layer of a base image that is read from disk from the second time on; the caller reads all of it. */
    Blob kept(Blob layer) {
        return cache.kept(layer);
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
            return asSomebody(Reference.parse(name), platform, listener);
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "The base image's name cannot be read",
                    e,
                    "set ecr.from to host/repository:tag or host/repository@sha256:..., to a path, or to scratch");
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        } catch (RegistryException e) {
            throw refused(name, e);
        } catch (AwsException e) {
            throw refused(name, e);
        }
    }

    private static Optional<Path> path(String name) {
        try {
            Path path = Path.of(name);
            return path.isAbsolute() ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Reads as nobody, or with the login that is there; where nobody is refused, with one that AWS gives. */
    private BaseSource asSomebody(Reference reference, Platform platform, Exchange.Listener listener)
            throws RegistryException, AwsException, ImageException, DeliveryException {
        try {
            return inRegistry(reference, platform, listener);
        } catch (RegistryException e) {
            BaseLogin login = loggedIn.get(reference.registry());
            if (login == null || !REFUSALS.contains(e.status()) || !login.askAws(ecrs, listener)) {
                throw e;
            }
            return inRegistry(reference, platform, listener);
        }
    }

    private BaseSource inRegistry(Reference reference, Platform platform, Exchange.Listener listener)
            throws RegistryException, AwsException, ImageException, DeliveryException {
        Door door = door(reference, listener);
        Repository repository =
                registries.open(door.endpoint(), reference.repository(), door.authorization(), listener);
        BaseReader.Found found = found(reference, platform, repository);
        BaseImage image = found.image(reference, repository).requirePlatform(platform);
        Origin origin = new Origin(door.endpoint(), reference.repository());
        return new BaseSource(image, Optional.of(origin), found.platforms());
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

    private synchronized BaseReader.Found found(Reference reference, Platform platform, Repository repository)
            throws RegistryException, DeliveryException {
        String key = reference + " " + platform;
        BaseReader.Found known = resolved.get(key);
        if (known == null) {
            known = reader.read(reference, platform, repository);
            resolved.put(key, known);
        }
        return known;
    }

    private static DeliveryException refused(String name, AwsException e) {
        String problem = "The base image " + name + " cannot be read; nothing was built or sent";
        return e.advice()
                .map(advice -> Explanations.advised(problem, e, advice))
                .orElseGet(() -> DeliveryException.ofUser(
                        problem,
                        e,
                        Explanations.permission(
                                e,
                                "ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer",
                                "of the base image")));
    }

    private DeliveryException refused(String name, RegistryException e) {
        if (e.code().equals(RegistryException.OFFLINE)) {
            return DeliveryException.ofUser(
                    "The base image " + name + " is not at hand, and Maven is offline; nothing was built or sent",
                    e,
                    "run the build once without -o, or name a base image on disk or scratch with ecr.from");
        }
        return switch (e.status()) {
            case 401, 403 -> forbidden(name, e);
            case 404 ->
                DeliveryException.ofUser(
                        "The base image " + name + " was not found; nothing was built or sent",
                        e,
                        "correct ecr.from; the reference needs its host, repository and an existing tag or digest");
            default ->
                cause(e, AwsException.class)
                        .map(aws -> refused(name, aws))
                        .or(() -> cause(e, ImageException.class)
                                .map(login -> DeliveryException.ofUser(login.problem(), login, login.remedy())))
                        .orElseGet(() -> DeliveryException.ofService(
                                "The base image " + name + " could not be read; nothing was built or sent",
                                e,
                                later(e, host(name))));
        };
    }

    private String later(RegistryException e, String host) {
        String pin = "pin the base image by digest to need its registry less often";
        boolean anonymous = login(host).flatMap(RegistryLogins.Found::login).isEmpty();
        return e.status() == TOO_MANY_REQUESTS && anonymous
                ? "log in to " + host + " by a <server> in settings.xml or by docker login, since registries let a user"
                        + " read more often than nobody" + unhelped(host) + "; or run the build again later, and " + pin
                : "run the build again; " + pin;
    }

    private String unhelped(String host) {
        return Optional.ofNullable(loggedIn.get(host)).map(BaseLogin::refusal).orElse("");
    }

    private static String host(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    /** Returns the login to a registry; empty where it has not asked for one. */
    private Optional<RegistryLogins.Found> login(String host) {
        return Optional.ofNullable(loggedIn.get(host)).flatMap(BaseLogin::known);
    }

    private DeliveryException forbidden(String name, RegistryException e) {
        String problem = "The base image " + name + " may not be read; nothing was built or sent";
        String host = host(name);
        Optional<RegistryLogins.Found> known = login(host);
        if (known.isEmpty()) {
            return DeliveryException.ofUser(
                    problem,
                    e,
                    "name a base image that can be read without a login, or one in ECR that the role may read");
        }
        boolean refused = known.get().login().isPresent();
        return DeliveryException.ofUser(
                problem,
                DeliveryException.words(e)
                        + (refused ? "; the login is that of " : "; no login: ")
                        + known.get().told()
                        + unhelped(host),
                refused
                        ? "correct that login, or let its user read the repository"
                        : "log in by a <server> with the id " + host + " in settings.xml or by docker login " + host
                                + ", or name a base image that can be read without");
    }

    /** Returns why the login to the registry failed, if that is what failed. */
    private static <T extends Throwable> Optional<T> cause(RegistryException e, Class<T> type) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
