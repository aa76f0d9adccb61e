package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.SecretListener;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;

/**
 * The ECR registries that one build speaks to. Made once per build; credentials are looked for, clients built and logins
 * fetched when they are first needed, and shared by all that is opened from here. Safe for use by several threads.
 */
public final class EcrClients implements AutoCloseable {
    /** The registry host of Amazon ECR Public. */
    public static final String PUBLIC_HOST = "public.ecr.aws";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(60);

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(?:-[a-z0-9]+)+");

    static {
        SdkLog.leaveRequestsOut();
    }

    private final AwsSettings settings;
    private final InstantSource clock;
    private final Outside outside;
    private final Patience patience;
    private final Signer signer;
    private final StsCalls sts;
    private final Map<Site, Connection> connections = new ConcurrentHashMap<>();

    private EcrClients(AwsSettings settings, InstantSource clock, Outside outside, Patience patience) {
        this.settings = settings;
        this.clock = clock;
        this.outside = outside;
        this.patience = patience;
        this.sts = new StsCalls(this::http, settings.stsEndpoint(), outside.secrets);
        this.signer = settings.role()
                .<Signer>map(this::session)
                .orElseGet(() -> CredentialChain.of(settings.keys(), settings.listener()));
    }

    /** What is shared by all who speak to a site. */
    record Connection(SdkClients clients, Logins logins) {}

    /**
     * How long is waited.
     *
     * @param pace the pauses between the attempts of a read
     * @param read how long an answer may be silent
     * @param pause waits between tries for a session
     */
    record Patience(Consumer<RetryStrategy.Builder<?, ?>> pace, Duration read, Pause pause) {
        static final Patience USUAL = new Patience(strategy -> {}, READ);

        /** Waits for a session on the wall clock. */
        Patience(Consumer<RetryStrategy.Builder<?, ?>> pace, Duration read) {
            this(pace, read, Thread::sleep);
        }
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
        return new SdkEcr(connection(site(registry)), Optional.of(registry), dataPlane(registry), listener);
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
        return new SdkEcr(connection(site), Optional.empty(), Optional.empty(), listener);
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
        if (settings.role().isEmpty() && settings.isEcrAloneHere()) {
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
        if (settings.isWithoutPublic()) {
            return Optional.empty();
        }
        return Optional.of(
                new PublicLogin(this::http, settings.publicEndpoint(), outside.secrets).fetch(signer, listener));
    }

    private static Site site(EcrHost registry) {
        return new Site(registry.region(), registry.fips(), registry.dualStack());
    }

    private Optional<URI> dataPlane(EcrHost registry) {
        return settings.ecrEndpoint().isPresent()
                ? Optional.empty()
                : Optional.of(URI.create("https://" + registry.value()));
    }

    private String region(Optional<String> given) throws AwsException {
        String found = given.or(settings::region)
                .or(() -> Stream.<AwsRegionProvider>of(
                                new AwsProfileRegionProvider(), new InstanceProfileRegionProvider())
                        .flatMap(provider -> region(provider).stream())
                        .findFirst())
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

    private static Optional<String> region(AwsRegionProvider provider) {
        try {
            return Optional.ofNullable(provider.getRegion()).map(Region::id);
        } catch (SdkException e) {
            return Optional.empty(); // it is how a provider says that it knows none
        }
    }

    private Connection connection(Site site) {
        return connections.computeIfAbsent(site, key -> {
            SdkClients clients = new SdkClients(() -> builder(key), key, signer, patience.pace);
            return new Connection(clients, new Logins(clients, clock, outside.secrets));
        });
    }

    private EcrClientBuilder builder(Site site) {
        EcrClientBuilder builder =
                EcrClient.builder().region(Region.of(site.region())).httpClient(http());
        if (settings.ecrEndpoint().isPresent()) {
            // The SDK refuses both of these together with an endpoint of one's own.
            return builder.endpointOverride(settings.ecrEndpoint().get())
                    .fipsEnabled(false)
                    .dualstackEnabled(false);
        }
        // Not set to false: AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT still count.
        return builder.fipsEnabled(site.fips() ? true : null).dualstackEnabled(site.dualStack() ? true : null);
    }

    /**
     * Given by name: the SDK's own look-up would load every jar's services first. Without a proxy of the SDK's own: it would read {@code HTTPS_PROXY}, and the two planes would go different
     * ways.
     */
    private SdkHttpClient http() {
        return UrlConnectionHttpClient.create(uri -> {
            try {
                HttpURLConnection connection = outside.proxies.open(uri);
                connection.setConnectTimeout((int) CONNECT.toMillis());
                connection.setReadTimeout((int) patience.read.toMillis());
                return connection;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Ends the threads that the SDK keeps. */
    @Override
    public void close() {
        connections.values().forEach(connection -> connection.clients.close());
        signer.close();
    }
}
