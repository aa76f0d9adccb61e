package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
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

    /** Tells whether ECR refuses to point this tag at another image once it exists. */
    public boolean isImmutable(Tag tag) {
        boolean excluded = exclusionFilters.stream().anyMatch(filter -> matches(filter, tag));
        return mutability.startsWith("IMMUTABLE") != excluded;
    }

    private static boolean matches(String filter, Tag tag) {
        String[] parts = filter.split("\\*", -1);
        String last = parts[parts.length - 1];
        String text = tag.value();
        if (parts.length == 1) {
            return text.equals(filter);
        }
        // Each part where it is found first: a regular expression would try all places of all parts.
        int at = text.startsWith(parts[0]) ? parts[0].length() : -1;
        for (int i = 1; i < parts.length - 1 && at >= 0; i++) {
            int found = text.indexOf(parts[i], at);
            at = found < 0 ? -1 : found + parts[i].length();
        }
        return at >= 0 && text.endsWith(last) && text.length() - last.length() >= at;
    }
}
