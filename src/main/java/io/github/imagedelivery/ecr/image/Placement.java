package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an application lies in the image, and what its class path finds beside it.
 *
 * @param root absolute path of the directory that holds its files
 * @param extraClassPath paths in the image, wildcards as of the {@code java} launcher included, that come before its own
 */
public record Placement(String root, List<String> extraClassPath) {
    /** What holds when nothing is configured. */
    public static final Placement DEFAULT = new Placement("/app", List.of());

    /** Copies the list; a slash at the end of the root is dropped. */
    public Placement {
        root = root.length() > 1 ? root.replaceFirst("/+$", "") : root;
        extraClassPath = List.copyOf(extraClassPath);
    }

    /** Returns the absolute path of what lies in the application's directory. */
    String path(String name) {
        return (root.equals("/") ? "" : root) + "/" + name;
    }

    /** Returns what is wrong with it. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        ImagePath.problem("application root", root).ifPresent(problems::add);
        if (root.indexOf(':') >= 0) {
            problems.add("application root \"" + Texts.shown(root) + "\" holds a colon, which no class path can");
        }
        for (String path : extraClassPath) {
            if (path.chars().anyMatch(Character::isISOControl)) {
                problems.add("path \"" + Texts.shown(path) + "\" of the class path holds a control character");
            }
        }
        return problems;
    }
}
