package io.github.imagedelivery.ecr.mojo;

import java.util.List;

/** The phases of Maven's default lifecycle, in which images are made. */
final class Phases {
    private static final List<String> DEFAULT = List.of(
            "validate",
            "initialize",
            "generate-sources",
            "process-sources",
            "generate-resources",
            "process-resources",
            "compile",
            "process-classes",
            "generate-test-sources",
            "process-test-sources",
            "generate-test-resources",
            "process-test-resources",
            "test-compile",
            "process-test-classes",
            "test",
            "prepare-package",
            "package",
            "pre-integration-test",
            "integration-test",
            "post-integration-test",
            "verify",
            "install",
            "deploy");

    private Phases() {}

    /**
     * Tells whether a build that runs up to a phase comes by another one; also where it cannot be told, since a
     * lifecycle of a plugin has phases of its own.
     *
     * @param asked the phase that the build runs up to; that of the life cycles {@code clean} and {@code site} comes by
     *     none
     * @param bound the phase that a goal is bound to
     */
    static boolean comesBy(String asked, String bound) {
        int end = DEFAULT.indexOf(asked);
        int at = DEFAULT.indexOf(bound);
        boolean other = asked.contains(":") || asked.equals("clean") || asked.startsWith("site");
        return !other && (end < 0 || at < 0 || at <= end);
    }
}
