package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The element {@code <extraDirectories>}, as jib-maven-plugin has it, and with owners. Public since Maven makes it. */
public final class ExtraDirectories {
    @Nullable
    List<Source> paths;

    @Nullable
    List<Permission> permissions;

    @Nullable
    List<Ownership> ownership;

    /** Creates an element that says nothing. */
    public ExtraDirectories() {}

    /** A directory: {@code <path>dir</path>}, or with elements. */
    public static final class Source {
        @Nullable
        String from;

        @Nullable
        String into;

        @Nullable
        List<String> includes;

        @Nullable
        List<String> excludes;

        /** Creates an element that says nothing. */
        public Source() {}

        /** Takes the short form. */
        public void set(String directory) {
            from = directory;
        }
    }

    /** A mode for the files of a pattern. */
    public static final class Permission {
        @Nullable
        String file;

        @Nullable
        String mode;

        /** Creates an element that says nothing. */
        public Permission() {}
    }

    /** An owner for the files of a pattern. */
    public static final class Ownership {
        @Nullable
        String file;

        @Nullable
        String user;

        /** Creates an element that says nothing. */
        public Ownership() {}
    }
}
