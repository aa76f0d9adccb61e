package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.QuickClients;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.delivery.RequestKind.Trait;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.QuickRegistries;
import io.github.imagedelivery.ecr.registry.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where faults are tried: two embedded registries, and deliveries with all that they have in a build. Each case has a
 * repository of its own; what costs time and does not matter, the built layers, is shared. Used by one thread at a time.
 */
final class FaultBench implements AutoCloseable {
    private static final String ACCESS_KEY = "AKIACANARY0000000000";
    private static final String SECRET_KEY = "canary-of-the-secret-key";
    private static final Registries.Settings SETTINGS =
            new Registries.Settings(Duration.ofSeconds(60), Duration.ofMinutes(15), 3, "test");
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration SHORT_SILENCE = Duration.ofMillis(250);
    private static final int FAST = 200;

    private final LocalEcr ecr = LocalEcr.builder().start();
    private final LocalEcr other = LocalEcr.builder().start();
    private final Path directory;
    private final Digest base;
    private final ImageBuilder builder;
    private final TestModule module;
    private final TestModule large;
    private final TestModule grown;
    private final WrittenFiles files;
    private final EcrClients clients = QuickClients.create(settings(ecr), SILENCE);
    private final EcrClients otherClients = QuickClients.create(settings(other), SILENCE);
    private final Registries registries = QuickRegistries.create(SETTINGS, 1);
    private final Registries fastRegistries = QuickRegistries.create(SETTINGS, FAST);
    private final StoredImage onNothing;
    private final StoredImage onBase;
    private final StoredImage worthAsking;
    private final StoredImage worthAskingOnBase;
    private final StoredImage foreign;
    private final StoredImage parent;
    private final StoredImage child;
    private int count;

    FaultBench(Path directory) throws Exception {
        this.directory = directory;
        this.base = TinyBase.seed(ecr, "base/jre", "17");
        TinyBase.seed(other, "base/jre", "17");
        this.builder = ImageBuilder.jib(directory.resolve("cache/layers"), "test");
        this.module = new TestModule(directory.resolve("module"), "foreign").code("of others");
        this.large = new TestModule(directory.resolve("large"), "large").worthAsking();
        this.files = new WrittenFiles(directory.resolve("cache"));
        this.foreign = delivered(module("foreign"));
        this.module.code("the same in all repositories");
        this.onNothing = delivered(module("on-nothing"));
        this.onBase = delivered(module("on-base").base(ecr.registryHost() + "/base/jre@" + base));
        this.worthAsking = delivered(large.named("worth-asking"));
        this.worthAskingOnBase =
                delivered(large.named("worth-asking-on-base").base(ecr.registryHost() + "/base/jre@" + base));
        this.grown = new TestModule(directory.resolve("grown"), "grown").worthTaking();
        this.parent = delivered(grown.named("parent").sha(TestModule.OTHER_SHA));
        this.child = delivered(grown.named("child").code("changed").sha(TestModule.SHA));
    }

    private static AwsSettings settings(LocalEcr ecr) {
        return new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.of(new AwsKeys(ACCESS_KEY, SECRET_KEY, Optional.empty())),
                Optional.of(ecr.endpoint()));
    }

    /** What one run is made with. */
    private record Tools(EcrClients clients, Registries registries, Path baseCache, WorkingCopy workingCopy) {}

    private StoredImage delivered(TestModule delivered) throws Exception {
        String repository = delivered.module().name();
        ecr.createRepository(repository);
        Spot spot = new Spot(repository, "1.4.0", List.of(), base);
        Outcome outcome = run(spot, delivered, clean(directory.resolve("cache/base")));
        assertThat(outcome.result()).isEqualTo(Result.PUBLISHED);
        return StoredImage.of(ecr, repository, "1.4.0");
    }

    /** Touches no file: Jib keys its cache by their times, so that it would grow, and be walked, with each case. */
    private TestModule module(String name) {
        return module.named(name).version("1.4.0").base("scratch");
    }

    private Tools clean(Path baseCache) {
        return new Tools(clients, registries, baseCache, Optional::empty);
    }

    /** Makes a push that meets the fault, and an undisturbed one; both are judged. Returns how they ended. */
    String run(FaultCase tried) throws Exception {
        String repository = "orders-" + ++count;
        StoredImage ours = ours(tried);
        Spot spot = new Spot(repository, tried.start().version(), tried.start().additional(), ours.digest());
        prepare(tried, spot, ours);
        Oracle oracle = new Oracle(spot, ecr.tags(repository));
        Path baseCache = tried.kind().is(Trait.BASE_ELSEWHERE)
                ? directory.resolve("cache/base-" + count)
                : directory.resolve("cache/base");
        TestModule module = module(tried, repository)
                .version(spot.version())
                .additionally(tried.start().templates())
                .base(from(tried.kind()));
        Set<String> secrets = new HashSet<>(Set.of(ACCESS_KEY, SECRET_KEY));

        ecr.clearRequests();
        other.clearRequests();
        Outcome first;
        boolean needsOwn = tried.kind() == RequestKind.LOGIN || hangsOnControlPlane(tried);
        EcrClients used = needsOwn ? QuickClients.create(settings(ecr), silence(tried)) : clients;
        try {
            Registries reached = tried.fault().takesTime() ? fastRegistries : registries;
            Tools tools = new Tools(used, reached, baseCache, workingCopy(tried));
            Behaviour behaviour = tried.fault().behaviour();
            LocalEcr hit = tried.kind().is(Trait.BASE_ELSEWHERE) ? other : ecr;
            hit.faults().inject(tried.turn().of(tried.kind().of(spot)), behaviour);
            tried.kind().provoke(ecr.faults(), spot);
            first = run(spot, module, tools);
            if (behaviour instanceof Hold hold) {
                hold.awaitArrival();
                hold.release();
            }
            endFaults();
            met(tried, spot, hit, first);
            addSecrets(secrets, used);
        } finally {
            endFaults();
            if (needsOwn) {
                used.close();
            }
        }
        addSecrets(secrets, otherClients);
        oracle.judge(first, ecr.tags(repository), secrets);
        ecr.clearRequests();
        addSecrets(secrets, clients);
        Outcome next = run(spot, module, new Tools(clients, registries, baseCache, workingCopy(tried)));
        oracle.judgeNext(next, secrets);
        if (tried.kind().is(Trait.BASE_ELSEWHERE)) {
            WrittenFiles.remove(baseCache);
        }
        return first.result() + (next.result() == Result.ALREADY_PUBLISHED ? "" : " then " + next.result());
    }

    private void endFaults() {
        ecr.faults().clear();
        other.faults().clear();
    }

    private static boolean hangsOnControlPlane(FaultCase tried) {
        return tried.fault() == Fault.HANG && tried.kind().isOfControlPlane();
    }

    private static Duration silence(FaultCase tried) {
        return hangsOnControlPlane(tried) ? SHORT_SILENCE : SILENCE;
    }

    private TestModule module(FaultCase tried, String repository) {
        if (tried.start() == Start.EARLIER) {
            return grown.named(repository);
        }
        return tried.kind().is(Trait.MUCH_TO_SEND) ? large.named(repository) : module(repository);
    }

    private static WorkingCopy workingCopy(FaultCase tried) {
        return tried.start() == Start.EARLIER
                ? DeliveryFixture.workingCopy(TestModule.SHA, TestModule.OTHER_SHA)
                : Optional::empty;
    }

    private StoredImage ours(FaultCase tried) {
        RequestKind kind = tried.kind();
        if (tried.start() == Start.EARLIER) {
            return child;
        }
        if (kind.is(Trait.MUCH_TO_SEND)) {
            return needsBase(kind) ? worthAskingOnBase : worthAsking;
        }
        return needsBase(kind) ? onBase : onNothing;
    }

    private static boolean needsBase(RequestKind kind) {
        return kind.is(Trait.BASE_BESIDE) || kind.is(Trait.BASE_ELSEWHERE);
    }

    private String from(RequestKind kind) {
        if (!needsBase(kind)) {
            return "scratch";
        }
        LocalEcr where = kind.is(Trait.BASE_BESIDE) ? ecr : other;
        return where.registryHost() + "/base/jre@" + base;
    }

    private void prepare(FaultCase tried, Spot spot, StoredImage ours) throws IOException {
        String repository = spot.repository();
        ecr.createRepository(
                repository, tried.start() == Start.IMMUTABLE ? TagMutability.IMMUTABLE : TagMutability.MUTABLE);
        foreign.seed(ecr, repository, "production");
        if (tried.start() == Start.MOVING) {
            foreign.seed(ecr, repository, spot.version());
        } else if (tried.start() == Start.MORE_TAGS) {
            foreign.seed(ecr, repository, Start.MOVING_TAG);
        } else if (tried.start() == Start.EARLIER) {
            parent.seed(ecr, repository, TestModule.OTHER_SHA);
        } else if (tried.start() == Start.SHARED) {
            ours.seed(ecr, repository, "candidate");
        }
        if (tried.kind().is(Trait.BASE_BESIDE)) {
            for (Blob blob : ours.blobs().subList(2, ours.blobs().size())) {
                ecr.seedBlob(repository, blob);
            }
        }
    }

    /** Makes sure that the case has tried what it says; a record may come a moment after its answer. */
    private static void met(FaultCase tried, Spot spot, LocalEcr hit, Outcome first) throws InterruptedException {
        long count = 0;
        for (int looks = 0; looks < 200; looks++) {
            count = hit.requests().stream()
                    .filter(request -> tried.kind().matches(spot, request))
                    .count();
            if (count >= tried.turn().least) {
                return;
            }
            Thread.sleep(10);
        }
        assertThat(count)
                .as("requests that meet the fault; the push ended: %s", first.error())
                .isGreaterThanOrEqualTo(tried.turn().least);
    }

    private static void addSecrets(Set<String> secrets, EcrClients clients) throws AwsException {
        String token =
                clients.open(Optional.empty(), Exchange.Listener.NONE).login().token();
        String pair = new String(Base64.getDecoder().decode(token), UTF_8);
        secrets.add(token);
        secrets.add(pair.substring(pair.indexOf(':') + 1));
    }

    private Outcome run(Spot spot, TestModule module, Tools tools) throws IOException {
        RecordingLog log = new RecordingLog();
        EcrSource source = new Source(tools.clients());
        Workshop workshop = new Workshop(
                source,
                tools.registries(),
                new BaseImages(tools.registries(), source, RegistryLogins.NONE, tools.baseCache()),
                builder);
        Delivery delivery = new Delivery(
                workshop, new Surroundings(tools.workingCopy(), Optional.empty(), millis -> {}), log, Progress.UNSEEN);
        Optional<DeliveryException> error = Optional.empty();
        Optional<Publication> publication = Optional.empty();
        try {
            StagedImage staged = delivery.stage(module.module(), Exchange.Listener.NONE);
            publication = Optional.of(delivery.publish(List.of(staged)).get(0));
            error = publication.get().error();
        } catch (DeliveryException e) {
            error = Optional.of(e);
        }
        Json report = parsed(module.report("push.json"));
        Map<String, Digest> tags = ecr.tags(spot.repository());
        return new Outcome(
                error, publication, report, files.look(module.report("")), writes(), tags, List.copyOf(log.events));
    }

    private static Json parsed(Path file) throws IOException {
        try {
            return Json.parse(Files.readAllBytes(file));
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> writes() {
        return ecr.requests().stream()
                .map(RecordedRequest::kind)
                .filter(kind -> kind.matches("(POST|PUT) .*|ecr:PutImage"))
                .toList();
    }

    /** The registry that is pushed to, and the other one, which is asked right after its host was named. */
    private final class Source implements EcrSource {
        private final EcrClients clients;
        private boolean namedOther;

        Source(EcrClients clients) {
            this.clients = clients;
        }

        @Override
        public Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
                throws AwsException {
            EcrClients asked = namedOther ? otherClients : clients;
            namedOther = false;
            return asked.open(region, listener);
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
            namedOther = host.equals(other.registryHost());
            return namedOther || host.equals(ecr.registryHost());
        }
    }

    @Override
    public void close() throws IOException {
        clients.close();
        otherClients.close();
        ecr.close();
        other.close();
    }
}
