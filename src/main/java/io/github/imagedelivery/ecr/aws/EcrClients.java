package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.SecretListener;
import io.github.imagedelivery.ecr.oci.Texts;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;

/**
 * The ECR registries that one build speaks to. Made once per build; credentials are looked for, clients built and logins
 * fetched when they are first needed, and shared by all that is opened from here. Safe for use by several threads.
 */
public final class EcrClients implements AutoCloseable {
    /** The registry host of Amazon ECR Public. */
    public static final String PUBLIC_HOST = "public.ecr.aws";

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(?:-[a-z0-9]+)+");

    static {
        SdkLog.leaveRequestsOut();
    }

    private final AwsSettings settings;
    private final InstantSource clock;
    private final Outside outside;
    private final Patience patience;
    private final AwsProfile profile = new AwsProfile();
    private final Endpoints endpoints;
    private final SigningClock signingClock;
    private final Wire wire;
    private final Signer signer;
    private final StsCalls sts;
    private final Map<Site, Connection> connections = new ConcurrentHashMap<>();

    private EcrClients(AwsSettings settings, InstantSource clock, Outside outside, Patience patience) {
        this.settings = settings;
        this.clock = clock;
        this.outside = outside;
        this.patience = patience;
        this.endpoints = new Endpoints(settings, profile);
        this.signingClock = new SigningClock(clock);
        this.wire = new Wire(outside.proxies, patience);
        this.sts = new StsCalls(api(Service.STS), outside.secrets);
        this.signer = settings.role()
                .<Signer>map(this::session)
                .orElseGet(() -> CredentialChain.of(settings.keys(), settings.listener()));
    }

    /** What is shared by all who speak to a site. */
    record Connection(ControlPlane plane, Logins logins, OwnRegistry own) {}

    /**
     * How long is waited.
     *
     * @param read how long an answer may be silent
     * @param pause waits between tries
     */
    record Patience(Duration read, Pause pause) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(60), Thread::sleep);
    }

    /** Waits; a test hands in one that does not. */
    @FunctionalInterface
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    private RoleSession session(RoleSettings role) {
        RoleGrant grant = role.source().isPresent()
                ? new WebIdentity(role, sts, settings.listener(), patience.pause)
                : new ChainedRole(role, sts, settings.keys());
        return new RoleSession(role, grant, settings.listener(), clock);
    }

    /**
     * What is given from outside.
     *
     * @param secrets is told of every secret that AWS gives, before it is used
     * @param proxies the way to AWS, which the data plane takes too
     */
    public record Outside(SecretListener secrets, Proxies proxies) {}

    /** Creates clients whose secrets nobody hides; asks nothing yet. */
    public static EcrClients create(AwsSettings settings, InstantSource clock) {
        return create(settings, clock, new Outside(SecretListener.NONE, Proxies.OF_THE_JVM));
    }

    /** Creates the clients; asks nothing yet. */
    public static EcrClients create(AwsSettings settings, InstantSource clock, Outside outside) {
        return create(settings, clock, outside, Patience.USUAL);
    }

    /** Creates clients with another patience. */
    static EcrClients create(AwsSettings settings, InstantSource clock, Outside outside, Patience patience) {
        return new EcrClients(settings, clock, outside, patience);
    }

    /** Opens the registry; asks nothing yet. */
    public Ecr open(EcrHost registry, Exchange.Listener listener) {
        return new EcrApi(connection(site(registry)), Optional.of(registry), dataPlane(registry), listener);
    }

    /**
     * Opens the caller's own registry; asks nothing yet but the EC2 instance metadata for the region, where nothing else
     * names it.
     *
     * @param region the region's id; where it is empty, that of the settings, else of the AWS profile
     * @throws AwsException with code {@code NoRegion} if there is none
     */
    public Ecr open(Optional<String> region, Exchange.Listener listener) throws AwsException {
        Site site = new Site(region(region), false, false);
        return new EcrApi(connection(site), Optional.empty(), Optional.empty(), listener);
    }

    /**
     * Finds out who the build is: as whoever gave the session says, else by {@code sts:GetCallerIdentity}.
     *
     * @param registry where it would push; empty for its own registry
     * @param region as for {@link #open(Optional, Exchange.Listener)}
     * @return empty where ECR is on this machine and STS is not: it would leave the machine for Amazon's
     */
    public Optional<Caller> caller(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException {
        if (settings.role().isEmpty() && endpoints.isEcrHereWithout(Service.STS)) {
            return Optional.empty();
        }
        Site site = registry.isPresent() ? site(registry.get()) : new Site(region(region), false, false);
        Signer.Purpose purpose = new Signer.Purpose(site, List.of(), listener);
        signer.prepare(purpose);
        Optional<Caller> known = signer.caller();
        return known.isPresent() ? known : Optional.of(sts.caller(signer, purpose));
    }

    /**
     * Fetches a login to {@link #PUBLIC_HOST}, which is good for up to 12 hours.
     *
     * @return empty where ECR is on this machine and ECR Public is not: the keys are not for Amazon
     */
    public Optional<RegistryLogin> publicLogin(Exchange.Listener listener) throws AwsException {
        if (endpoints.isEcrHereWithout(Service.ECR_PUBLIC)) {
            return Optional.empty();
        }
        return Optional.of(new PublicLogin(api(Service.ECR_PUBLIC), outside.secrets).fetch(signer, listener));
    }

    private static Site site(EcrHost registry) {
        return new Site(registry.region(), registry.fips(), registry.dualStack());
    }

    private Optional<URI> dataPlane(EcrHost registry) {
        return endpoints.isGiven(Service.ECR)
                ? Optional.empty()
                : Optional.of(URI.create("https://" + registry.value()));
    }

    private String region(Optional<String> given) throws AwsException {
        String found = given.or(settings::region)
                .or(() -> profile.value("region"))
                .or(EcrClients::instanceRegion)
                .orElseThrow(() -> new AwsException(
                        "no AWS region: looked at ecr.region, aws.region, AWS_REGION, AWS_DEFAULT_REGION,"
                                + " the AWS profile and the EC2 instance metadata",
                        AwsException.NO_REGION,
                        0,
                        null));
        // It becomes a part of a host name that the login is sent to.
        if (!REGION.matcher(found).matches()) {
            String problem = "\"" + Texts.shown(found) + "\" is not an AWS region; an id like eu-west-1 is expected";
            throw new AwsException(problem, AwsException.NO_REGION, 0, null);
        }
        return found;
    }

    private static Optional<String> instanceRegion() {
        try {
            return Optional.ofNullable(new InstanceProfileRegionProvider().getRegion())
                    .map(Region::id);
        } catch (SdkException e) {
            return Optional.empty(); // it is how a provider says that it knows none
        }
    }

    private Connection connection(Site site) {
        return connections.computeIfAbsent(site, key -> {
            ControlPlane plane = new ControlPlane(api(Service.ECR), key, signer);
            OwnRegistry own = new OwnRegistry(key.region(), !endpoints.isGiven(Service.ECR));
            return new Connection(plane, new Logins(plane, clock, outside.secrets), own);
        });
    }

    private AwsApi api(Service service) {
        return new AwsApi(service, endpoints, signingClock, wire);
    }

    /** Ends the threads that sources of credentials keep. */
    @Override
    public void close() {
        signer.close();
    }
}
