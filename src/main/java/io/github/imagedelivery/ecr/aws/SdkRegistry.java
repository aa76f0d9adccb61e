package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry that calls of the SDK are for.
 *
 * @param host whose account is named in every call; empty for the caller's own
 * @param listener is told of each exchange
 * @param written whether a call needs a session that may write, rather than one that may read
 */
record SdkRegistry(SdkClients clients, Optional<EcrHost> host, Exchange.Listener listener, boolean written) {
    /** Returns the same for calls that only read. */
    SdkRegistry toRead() {
        return new SdkRegistry(clients, host, listener, false);
    }

    /** Returns a call, yet to be run, that needs a session for the repository. */
    SdkCall call(String operation, RepositoryName repository) {
        return call(operation, List.of(repository));
    }

    /** Returns a call, yet to be run, that needs a session for the repositories; for none of them if there are none. */
    SdkCall call(String operation, List<RepositoryName> repositories) {
        return clients.call(operation, repositories.stream().map(this::target).toList(), listener);
    }

    private SessionTarget target(RepositoryName repository) {
        return new SessionTarget(host, repository, written);
    }

    /** Lets the session cover reads of the repository. */
    void willRead(RepositoryName repository) throws AwsException {
        clients.cover(new SessionTarget(host, repository, false), listener);
    }

    /** Returns the account as requests name it. */
    @Nullable
    String id() {
        return host.map(EcrHost::account).orElse(null);
    }

    /** Returns a text of an answer, in which the SDK leaves out what the service left out. */
    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
