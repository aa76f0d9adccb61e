package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.TagPattern;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.Optional;

/**
 * Where the images go.
 *
 * @param registry their registry
 * @param repositories the repositories in it, one at least
 * @param pattern what the policies name in place of each repository, for example {@code shop/*}
 * @param moving which of their tags may be pointed at another image; at most five, as a repository of ECR takes them
 */
public record Destination(
        EcrRegistry registry, List<RepositoryName> repositories, Optional<String> pattern, List<TagPattern> moving) {
    private static final Grammar PATTERN = Grammar.of(
            "(?<prefix>[a-z0-9][a-z0-9._/-]{0,254})\\*",
            "a pattern for repositories: the beginning of their names and a *, such as shop/*");

    /** Copies the lists. */
    public Destination {
        repositories = List.copyOf(repositories);
        moving = List.copyOf(moving);
    }

    /** Returns the same with a pattern, which must cover each repository. */
    public Destination within(String text) throws FormatException {
        String prefix = PATTERN.match(text).group("prefix");
        for (RepositoryName repository : repositories) {
            if (!repository.value().startsWith(prefix)) {
                throw new FormatException("\"" + Texts.shown(text) + "\" does not cover the repository " + repository);
            }
        }
        return new Destination(registry, repositories, Optional.of(text), moving);
    }

    /** Returns the ARNs that a policy names. */
    List<String> arns() {
        return pattern.map(p -> List.of(registry.arn(p)))
                .orElseGet(() -> repositories.stream()
                        .map(repository -> registry.arn(repository.value()))
                        .toList());
    }
}
