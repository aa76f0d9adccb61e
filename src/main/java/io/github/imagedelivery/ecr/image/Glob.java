package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** A pattern of paths as {@link java.nio.file.FileSystem#getPathMatcher} has it. */
public final class Glob {
    private final String pattern;
    private final PathMatcher matcher;

    private Glob(String pattern, PathMatcher matcher) {
        this.pattern = pattern;
        this.matcher = matcher;
    }

    /** Reads a pattern such as {@code /app/bin/**}. */
    public static Glob parse(String pattern) throws FormatException {
        try {
            return new Glob(pattern, FileSystems.getDefault().getPathMatcher("glob:" + pattern));
        } catch (PatternSyntaxException e) {
            throw new FormatException("\"" + Texts.shown(pattern) + "\" is not a pattern of paths: "
                    + Texts.shown(Optional.ofNullable(e.getDescription()).orElse("")));
        }
    }

    /** Tells whether the path is one of those that are meant. */
    boolean matches(Path path) {
        return matcher.matches(path);
    }

    /** Tells whether the pattern is this very path. */
    boolean names(String path) {
        return pattern.equals(path);
    }

    /** Returns the pattern. */
    @Override
    public String toString() {
        return pattern;
    }
}
