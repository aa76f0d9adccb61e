package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.List;
import java.util.Optional;

/**
 * The registry that calls are for.
 *
 * @param host whose account is named in every call; empty for the caller's own
 * @param listener is told of each exchange
 * @param written whether a call needs a session that may write, rather than one that may read
 */
record RegistryCalls(ControlPlane plane, Optional<EcrHost> host, Exchange.Listener listener, boolean written) {
    /** Returns the same for calls that only read. */
    RegistryCalls toRead() {
        return new RegistryCalls(plane, host, listener, false);
    }

    /** Returns a call, yet to be made, that needs a session for the repository. */
    AwsCall call(String operation, RepositoryName repository) {
        return call(operation, List.of(repository));
    }

    /** Returns a call, yet to be made, that needs a session for the repositories; for none of them if there are none. */
    AwsCall call(String operation, List<RepositoryName> repositories) {
        return plane.call(operation, repositories.stream().map(this::target).toList(), listener);
    }

    private SessionTarget target(RepositoryName repository) {
        return new SessionTarget(host, repository, written);
    }

    /** Lets the session cover reads of the repository. */
    void willRead(RepositoryName repository) throws AwsException {
        plane.cover(new SessionTarget(host, repository, false), listener);
    }

    /** Returns the parameters of a call, to be added to: the account, where it is named. */
    Json parameters() {
        return host.map(registry -> Json.object().with("registryId", Json.of(registry.account())))
                .orElseGet(Json::object);
    }

    /** Returns the parameters of a call for a repository. */
    Json parameters(RepositoryName repository) {
        return parameters().with("repositoryName", Json.of(repository.value()));
    }

    /** Returns whether the registry is certainly not that of the account; an empty text stands for any. */
    boolean isOfAnother(String account) {
        return !account.isEmpty()
                && host.filter(registry -> !registry.account().equals(account)).isPresent();
    }
}
