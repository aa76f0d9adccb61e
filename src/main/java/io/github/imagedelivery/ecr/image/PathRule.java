package io.github.imagedelivery.ecr.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What holds for some files of an image.
 *
 * @param files which files, by their absolute path in the image
 * @param value what they get
 */
public record PathRule<T>(Glob files, T value) {
    /** Returns what a path gets: from the rule that names it as it is, else from the first that matches. */
    static <T> Optional<T> find(List<PathRule<T>> rules, String path) {
        return rules.stream()
                .filter(rule -> rule.files.names(path))
                .findFirst()
                .or(() -> rules.stream()
                        .filter(rule -> rule.files.matches(Path.of(path)))
                        .findFirst())
                .map(PathRule::value);
    }
}
