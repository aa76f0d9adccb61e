package io.github.imagedelivery.ecr.delivery;

import java.nio.file.Path;

/**
 * Whether builds keep to a lock file of base images.
 *
 * @param file the lock file
 * @param use what it is there for
 */
public record LockSettings(Path file, Use use) {
    /** Every tag stands for what its registry says. */
    public static final LockSettings NONE = new LockSettings(Path.of("ecr-lock.json"), Use.IGNORE);

    /** What a lock file is there for. */
    public enum Use {
        /** It counts where it is there. */
        USE,
        /** It does not count. */
        IGNORE,
        /** It counts, and must be there. */
        REQUIRE
    }
}
