package io.github.imagedelivery.ecr.image;

import java.time.Instant;

/**
 * What a tar says of a file beside its content. None of it comes from the machine that builds.
 *
 * @param mode the permissions, at most {@code 0777}: an image of this plugin brings nothing that runs as its owner
 * @param owner who owns it in the container
 * @param modified when it was changed; times between seconds are cut off
 */
public record FileAttributes(int mode, Owner owner, Instant modified) {
    /** What every file gets unless told otherwise: 0644, root, one second after the epoch. */
    public static final FileAttributes FILE = new FileAttributes(0644, Owner.ROOT, Instant.ofEpochSecond(1));
    /** What every directory gets unless told otherwise: 0755, root, one second after the epoch. */
    public static final FileAttributes DIRECTORY = FILE.withMode(0755);

    private static final int ALL_PERMISSIONS = 0777;

    /** Refuses set-user-ID, set-group-ID and sticky bits, and what is no mode. */
    public FileAttributes {
        if ((mode & ~ALL_PERMISSIONS) != 0) {
            throw new IllegalArgumentException("not a mode between 0 and 0777: " + Integer.toOctalString(mode));
        }
        modified = Instant.ofEpochSecond(modified.getEpochSecond());
    }

    /** Returns these with another mode. */
    public FileAttributes withMode(int other) {
        return new FileAttributes(other, owner, modified);
    }

    /** Returns these with another owner. */
    public FileAttributes withOwner(Owner other) {
        return new FileAttributes(mode, other, modified);
    }

    /** Returns these with another time. */
    public FileAttributes withModified(Instant other) {
        return new FileAttributes(mode, owner, other);
    }
}
