package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What ECR says of the repositories that the images of a session go into: whoever comes first asks for all of a registry
 * in one request, since one for each of a hundred modules would use up what ECR answers in a second. Safe for use by
 * several threads.
 */
public final class RepositoryDescriptions {
    private final Map<Registry, Map<RepositoryName, RepositoryDescription>> known = new HashMap<>();

    /** A registry, as {@link EcrSource#open} is told which. */
    private record Registry(Optional<EcrHost> host, Optional<String> region) {}

    /**
     * Describes the repository of the target.
     *
     * @param source knows which other repositories will be asked for
     */
    RepositoryDescription of(Ecr ecr, Coordinates target, EcrSource source) throws AwsException {
        RepositoryName name = target.repository().value();
        Optional<RepositoryDescription> found = taken(ecr, target, source);
        return found.isPresent() ? found.get() : ecr.describe(name);
    }

    /** Returns what is known of the repository, once. Who comes while all are asked for waits for that request alone. */
    private synchronized Optional<RepositoryDescription> taken(Ecr ecr, Coordinates target, EcrSource source) {
        RepositoryName name = target.repository().value();
        Registry registry = new Registry(target.registry().value(), target.region());
        Map<RepositoryName, RepositoryDescription> described =
                known.computeIfAbsent(registry, asked -> all(ecr, name, source.expected(asked.host)));
        return Optional.ofNullable(described.remove(name));
    }

    /** One repository that is missing is the answer for all: then each is asked for by itself. */
    private static Map<RepositoryName, RepositoryDescription> all(
            Ecr ecr, RepositoryName name, Collection<RepositoryName> expected) {
        if (expected.size() > 1 && expected.contains(name)) {
            try {
                return new HashMap<>(ecr.repositories().describe(expected));
            } catch (AwsException e) {
                return new HashMap<>();
            }
        }
        return new HashMap<>();
    }
}
