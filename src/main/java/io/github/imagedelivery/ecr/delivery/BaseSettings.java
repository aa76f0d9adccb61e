package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Mirrors;
import java.nio.file.Path;

/**
 * What a build says about its base images as a whole.
 *
 * @param cache directory that manifests and configs are kept in by digest; made when first needed
 * @param lock the lock file
 * @param mirrors where images are read from in place of their own registry
 * @param checksJava whether a base whose Java is too old is refused
 */
public record BaseSettings(Path cache, LockSettings lock, Mirrors mirrors, boolean checksJava) {
    /** Returns the settings of a build that says nothing but where the cache is. */
    public static BaseSettings in(Path cache) {
        return new BaseSettings(cache, LockSettings.NONE, Mirrors.NONE, true);
    }
}
