package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.IdentityListener;
import io.github.imagedelivery.ecr.aws.RoleArn;
import io.github.imagedelivery.ecr.aws.RoleSettings;
import io.github.imagedelivery.ecr.aws.SessionTarget;
import io.github.imagedelivery.ecr.ci.IdentityException;
import io.github.imagedelivery.ecr.ci.IdentitySettings;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.LocalEcrBuilder;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.Registries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A delivery with all that it has in a build, the SDK, the registry client and Jib, in front of an embedded ECR that has
 * a base image, the repositories {@code orders} and {@code billing}, and {@code strict} whose tags are immutable. It waits for nothing between tries.
 */
final class DeliveryFixture implements AutoCloseable {
    static final String REPOSITORY = "orders";
    /** The host that Amazon's own ECR would have; the API is the embedded one's. */
    static final String REGISTRY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

    static final Registries.Settings TWO_TRIES =
            new Registries.Settings(Duration.ofSeconds(20), Duration.ofMinutes(1), 2, "test");

    final LocalEcr ecr;
    final RecordingLog log = new RecordingLog();
    final List<Long> pauses = new ArrayList<>();
    final Digest base;
    private final Path directory;
    private final List<EcrClients> clients = new ArrayList<>();
    Delivery delivery;
    private Progress watcher = Progress.UNSEEN;
    private WorkingCopy workingCopy = Optional::empty;
    private int machine;

    DeliveryFixture(Path directory) throws Exception {
        this(directory, LocalEcr.builder());
    }

    DeliveryFixture(Path directory, LocalEcrBuilder builder) throws Exception {
        this.directory = directory;
        this.ecr = builder.start();
        this.base = TinyBase.seed(ecr, "base/jre", "17");
        ecr.createRepository(REPOSITORY);
        ecr.createRepository("billing");
        ecr.createRepository("strict", TagMutability.IMMUTABLE);
        this.delivery = newSession();
        ecr.clearRequests();
    }

    static AwsSettings settings(LocalEcr ecr) {
        Map<String, String> variables = ecr.environment();
        AwsKeys keys = new AwsKeys(
                Objects.requireNonNull(variables.get("AWS_ACCESS_KEY_ID")),
                Objects.requireNonNull(variables.get("AWS_SECRET_ACCESS_KEY")),
                Optional.empty());
        return new AwsSettings(
                Optional.ofNullable(variables.get("AWS_REGION")), Optional.of(keys), Optional.of(ecr.endpoint()));
    }

    /** What a session wires: registries by the SDK, at the embedded ECR instead of Amazon's address. */
    record Source(EcrClients clients, LocalEcr ecr) implements EcrSource {
        @Override
        public Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
                throws AwsException {
            return registry.isPresent() ? clients.open(registry.get(), listener) : clients.open(region, listener);
        }

        @Override
        public Optional<Caller> caller(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
                throws AwsException {
            return clients.caller(registry, region, listener);
        }

        @Override
        public boolean create(RepositoryName missing) {
            return false;
        }

        @Override
        public boolean isEmulatedAt(String host) {
            return host.equals(ecr.registryHost());
        }
    }

    Source source() {
        EcrClients opened = EcrClients.create(settings(ecr), Clock.systemUTC());
        clients.add(opened);
        return new Source(opened, ecr);
    }

    /** Shows somebody what the next deliveries work on. */
    void watchedBy(Progress other) {
        watcher = other;
        delivery = newSession();
    }

    Path cache() {
        return directory.resolve("cache/base");
    }

    /** Checks out a commit, with those before it, on a machine that has no cache. */
    void checkOutAnew(String commit, String... ancestors) {
        workingCopy = workingCopy(commit, ancestors);
        machine++;
        delivery = newSession();
    }

    /** Returns a clean working copy of the commit, with those before it. */
    static WorkingCopy workingCopy(String commit, String... ancestors) {
        Revision revision = new Revision(
                commit,
                Revision.Cleanliness.CLEAN,
                List.of(),
                Optional.of(Instant.EPOCH),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(ancestors));
        return () -> Optional.of(revision);
    }

    /** Returns the directory where the machine keeps what it knows of layers. */
    Path layerCache() {
        return directory.resolve("cache/layers" + (machine == 0 ? "" : machine));
    }

    /** Returns a delivery as the next build has it: what is on disk is there, what was in memory is not. */
    Delivery newSession() {
        return newSession(source());
    }

    Delivery newSession(EcrSource source) {
        delivery = new Delivery(workshop(source), surroundings(), log, watcher);
        return delivery;
    }

    /** Returns the inspection of a build that begins, whose delivery comes after it. */
    Inspection newBuild() {
        Workshop workshop = workshop(source());
        Surroundings surroundings = surroundings();
        delivery = new Delivery(workshop, surroundings, log, watcher);
        return new Inspection(workshop, surroundings, log);
    }

    Inspection inspection(EcrSource source) {
        return new Inspection(workshop(source), surroundings(), log);
    }

    /** Returns an inspection of a build whose bases are found in this way. */
    Inspection inspection(BaseSettings bases) {
        return new Inspection(workshop(source(), bases), surroundings(), log);
    }

    Diff diff() {
        return diff(source());
    }

    Diff diff(EcrSource source) {
        return new Diff(workshop(source), surroundings(), log, watcher);
    }

    private Workshop workshop(EcrSource source) {
        return workshop(source, BaseSettings.in(cache()));
    }

    private Workshop workshop(EcrSource source, BaseSettings bases) {
        Registries registries = Registries.create(TWO_TRIES);
        return new Workshop(
                source,
                registries,
                new BaseImages(registries, source, RegistryLogins.NONE, bases),
                ImageBuilder.jib(layerCache(), "test"));
    }

    private Surroundings surroundings() {
        return new Surroundings(workingCopy, Optional.empty(), pauses::add);
    }

    /** Returns the ECR of a job that assumes a role by the token that its variables lead to. */
    Source assuming(Map<String, String> variables, InstantSource clock) throws IdentityException, FormatException {
        return assuming(
                IdentitySource.detect(variables, IdentitySettings.DEFAULT).orElseThrow(), clock);
    }

    /** Returns the ECR of a job that assumes a role by the token of the source. */
    Source assuming(IdentitySource source, InstantSource clock) throws FormatException {
        return assuming(source, clock, List.of(target(REPOSITORY, true), target("base/jre", false)));
    }

    /** Returns the ECR of a job whose session is for these repositories. */
    Source assuming(IdentitySource source, InstantSource clock, List<SessionTarget> targets) throws FormatException {
        RoleSettings role = new RoleSettings(
                RoleArn.parse("arn:aws:iam::123456789012:role/delivery"),
                RoleSettings.SHORTEST,
                RoleSettings.sessionName(TestModule.SHA.substring(0, 12), "42"),
                Optional.of(source),
                () -> targets);
        AwsSettings settings =
                new AwsSettings(Optional.of("eu-central-1"), Optional.empty(), Optional.of(ecr.endpoint()));
        EcrClients opened = EcrClients.create(settings.withRole(role), clock);
        clients.add(opened);
        return new Source(opened, ecr);
    }

    /** Returns ECR as it is where STS is not said to be on this machine, too. */
    Source withoutSts() {
        AwsSettings keys = settings(ecr);
        EcrClients opened = EcrClients.create(
                new AwsSettings(
                        keys.region(),
                        keys.keys(),
                        keys.ecrEndpoint(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        IdentityListener.NONE),
                Clock.systemUTC());
        clients.add(opened);
        return new Source(opened, ecr);
    }

    /** Puts an index over the base image that names it for these platforms; returns its reference. */
    String seedIndex(String... platforms) throws Exception {
        List<Json> entries = new ArrayList<>();
        for (String text : platforms) {
            Platform platform = Platform.parse(text);
            entries.add(ecr.manifest("base/jre", base)
                    .orElseThrow()
                    .descriptor()
                    .toJson()
                    .with(
                            "platform",
                            Json.object()
                                    .with("architecture", Json.of(platform.architecture()))
                                    .with("os", Json.of(platform.os()))));
        }
        Json index = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with("manifests", Json.array(entries));
        ecr.seed("base/jre", "index", Manifest.parse(index.bytes(), ""), List.of());
        return ecr.registryHost() + "/base/jre:index";
    }

    static SessionTarget target(String name, boolean written) {
        return new SessionTarget(Optional.empty(), new RepositoryName(name), written);
    }

    TestModule module(String name) {
        return new TestModule(directory.resolve(name), name);
    }

    /** Returns the module {@code orders} on the base image, pinned by digest. */
    TestModule orders() {
        return module(REPOSITORY).base(pinnedBase());
    }

    String pinnedBase() {
        return ecr.registryHost() + "/base/jre@" + base;
    }

    StagedImage stage(TestModule module) throws DeliveryException {
        return delivery.stage(module.module(), Exchange.Listener.NONE);
    }

    List<Publication> publish(StagedImage... images) throws DeliveryException {
        return delivery.publish(Arrays.asList(images));
    }

    Publication deliver(TestModule module) throws DeliveryException {
        return publish(stage(module)).get(0);
    }

    /** Delivers the module into {@link #REPOSITORY}, and returns what its tags point at. */
    Manifest published(TestModule module) throws DeliveryException {
        Digest digest = deliver(module).image().digest();
        return ecr.manifest(REPOSITORY, digest).orElseThrow();
    }

    Map<String, Digest> tags() {
        return ecr.tags(REPOSITORY);
    }

    List<String> requests() {
        return ecr.requests().stream().map(RecordedRequest::shortKind).toList();
    }

    /** Returns the digests of the blobs that were read out of {@link #REPOSITORY}. */
    List<String> blobsRead() {
        return ecr.requests().stream()
                .map(RecordedRequest::kind)
                .filter(kind -> kind.startsWith("GET /v2/orders/blobs/"))
                .map(kind -> kind.replaceFirst(".*/", ""))
                .toList();
    }

    long count(String kind) {
        return ecr.requests().stream()
                .filter(request -> request.kind().equals(kind))
                .count();
    }

    /** Returns the bytes of blobs that were uploaded. */
    long uploadedBytes() {
        return ecr.requests().stream()
                .filter(request -> request.kind().startsWith("PUT /v2/"))
                .mapToLong(RecordedRequest::received)
                .sum();
    }

    @Override
    public void close() throws IOException {
        clients.forEach(EcrClients::close);
        ecr.close();
    }
}
