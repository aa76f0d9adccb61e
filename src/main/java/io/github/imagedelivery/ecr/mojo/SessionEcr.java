package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.SessionTarget;
import io.github.imagedelivery.ecr.delivery.EcrSource;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The ECR that a session publishes to.
 *
 * @param clients opens its registries
 * @param override where its API is instead of at Amazon's address
 * @param embedded the embedded ECR, if that is meant
 * @param amazon opens registries by their host: base images may come from Amazon's where the embedded ECR is meant
 * @param targets the repositories that the build will push to
 * @param callers is to say whose the credentials are; empty where that is known, or none of Amazon's business
 */
record SessionEcr(
        EcrClients clients,
        Optional<URI> override,
        Optional<SharedEcr> embedded,
        EcrClients amazon,
        Supplier<List<SessionTarget>> targets,
        Optional<CallerLog> callers)
        implements EcrSource {
    /** Returns the same for whoever reads as somebody else; the embedded ECR knows nobody else. */
    SessionEcr readBy(EcrClients reader) {
        return new SessionEcr(
                embedded.isPresent() ? clients : reader, override, embedded, reader, List::of, Optional.empty());
    }

    @Override
    public Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException {
        Exchange.Listener told = callers.map(
                        log -> log.beside(listener, () -> ask(registry, region, Exchange.Listener.NONE)))
                .orElse(listener);
        return registry.isEmpty() ? clients.open(region, told) : amazon.open(registry.get(), told);
    }

    @Override
    public Optional<Caller> caller(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException {
        callers.ifPresent(CallerLog::saidElsewhere);
        return ask(registry, region, listener);
    }

    private Optional<Caller> ask(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException {
        return (registry.isEmpty() ? clients : amazon).caller(registry, region, listener);
    }

    @Override
    public Collection<RepositoryName> expected(Optional<EcrHost> registry) {
        return targets.get().stream()
                .filter(target -> target.registry().equals(registry))
                .map(SessionTarget::repository)
                .distinct()
                .toList();
    }

    @Override
    public boolean create(RepositoryName missing) {
        embedded.ifPresent(ecr -> ecr.createRepository(missing.value()));
        return embedded.isPresent();
    }

    @Override
    public boolean createsMissing() {
        return embedded.isPresent();
    }

    @Override
    public boolean isEmulatedAt(String host) {
        return override.map(URI::getAuthority).filter(host::equals).isPresent();
    }

    @Override
    public Optional<RegistryLogin> publicLogin(String host, Exchange.Listener listener) throws AwsException {
        return host.equals(EcrClients.PUBLIC_HOST) ? amazon.publicLogin(listener) : Optional.empty();
    }
}
