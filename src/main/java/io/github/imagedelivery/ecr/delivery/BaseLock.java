package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.LockSettings.Use;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Reference;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds base images to the lock file: what it does not say is refused, rather than asked for. It is read when it is first
 * needed, and once in a session.
 */
final class BaseLock {
    private static final String UPDATE = "run mvn ecr:lock and commit the file";

    private final LockSettings settings;
    private @Nullable LockFile read;

    BaseLock(LockSettings settings) {
        this.settings = settings;
    }

    /** Returns the lock file; empty where there is none, or none that counts. */
    synchronized Optional<LockFile> file() throws DeliveryException {
        if (settings.use() == Use.IGNORE) {
            return Optional.empty();
        }
        if (read == null) {
            read = LockFile.read(settings.file()).orElse(null);
        }
        if (read == null && settings.use() == Use.REQUIRE) {
            throw DeliveryException.ofUser(
                    "There is no lock file of base images; nothing was built or sent",
                    "ecr.lock is require, and there is no " + settings.file(),
                    UPDATE + "; or set ecr.lock to use");
        }
        return Optional.ofNullable(read);
    }

    /** Returns what the reference is locked to; empty where it is pinned by itself, or nothing is locked. */
    Optional<LockedBase> of(Reference reference) throws DeliveryException {
        if (reference.digest().isPresent()) {
            return Optional.empty();
        }
        Optional<LockFile> file = file();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        LockedBase locked = file.get().bases().get(reference.toString());
        if (locked == null) {
            throw DeliveryException.ofUser(
                    "The base image " + reference + " is not locked; nothing was built or sent",
                    settings.file() + " names other base images, "
                            + file.get().bases().size() + " in all",
                    UPDATE + ", or name a base image that is in it");
        }
        return Optional.of(locked);
    }

    /** Returns the digest that the image of the platform is locked to. */
    Digest image(Reference reference, LockedBase locked, Platform platform) throws DeliveryException {
        return locked.image(platform)
                .orElseThrow(() -> DeliveryException.ofUser(
                        "The base image " + reference + " is not locked for " + platform
                                + "; nothing was built or sent",
                        settings.file() + " names "
                                + String.join(", ", locked.platforms().keySet()),
                        "set ecr.platform, or ecr.platforms for several, to what is there; or, if the base image has it by now, "
                                + UPDATE));
    }

    /** Returns the refusal of a locked digest that the registry does not have. */
    DeliveryException gone(String name, Digest locked, RegistryException e) {
        return DeliveryException.ofUser(
                "The base image " + name + " is locked to a digest that its registry does not have; nothing was"
                        + " built or sent",
                settings.file() + " names " + locked + ": " + DeliveryException.words(e),
                UPDATE + ", for what the tag stands for now");
    }
}
