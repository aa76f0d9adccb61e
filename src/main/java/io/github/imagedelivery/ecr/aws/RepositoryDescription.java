package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.List;

/**
 * What ECR says of a repository ({@code DescribeRepositories}).
 *
 * @param name the repository
 * @param uri where it is pushed to, host and name without scheme ({@code repositoryUri})
 * @param mutability {@code imageTagMutability}: MUTABLE, IMMUTABLE or either with exclusions
 * @param exclusionFilters wildcard patterns of the tags that are treated the other way round; {@code *} is the only
 *     wildcard
 */
public record RepositoryDescription(RepositoryName name, String uri, String mutability, List<String> exclusionFilters) {
    /** Copies the filters. */
    public RepositoryDescription {
        exclusionFilters = List.copyOf(exclusionFilters);
    }

    /** Returns the host of the registry that it is in, which names account and region; empty where ECR does not say. */
    public String registry() {
        return uri.substring(0, Math.max(0, uri.indexOf('/')));
    }

    /** Returns the same place with the rules of another description of it. */
    public RepositoryDescription withRulesOf(RepositoryDescription other) {
        return new RepositoryDescription(name, uri, other.mutability, other.exclusionFilters);
    }

    /** Tells whether ECR refuses to point this tag at another image once it exists. */
    public boolean isImmutable(Tag tag) {
        boolean excluded = exclusionFilters.stream().anyMatch(filter -> new TagPattern(filter).matches(tag.value()));
        return mutability.startsWith("IMMUTABLE") != excluded;
    }
}
