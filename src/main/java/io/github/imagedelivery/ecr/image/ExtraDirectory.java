package io.github.imagedelivery.ecr.image;

import java.nio.file.Path;
import java.util.List;

/**
 * A directory of the module whose files go into the image as they lie.
 *
 * @param from the directory
 * @param into absolute path of its place in the image
 * @param includes what is copied, by the path below the directory; empty for everything
 * @param excludes what is not copied, though it is included
 */
public record ExtraDirectory(Path from, String into, List<Glob> includes, List<Glob> excludes) {
    /** Copies the lists, and drops slashes at the end of the place. */
    public ExtraDirectory {
        into = into.replaceFirst("/+$", "");
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** Tells whether a path below the directory is to be copied. */
    boolean takes(Path relative) {
        return (includes.isEmpty() || includes.stream().anyMatch(glob -> glob.matches(relative)))
                && excludes.stream().noneMatch(glob -> glob.matches(relative));
    }
}
