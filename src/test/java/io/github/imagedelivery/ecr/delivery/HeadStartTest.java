package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.it.Golden;
import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is brought into a repository between the check and the push of one build. */
class HeadStartTest extends WithFixture {
    private static final Executor AT_ONCE = Runnable::run;
    private static final String LAYERS = "ecr:BatchCheckLayerAvailability";
    private static final String BEGIN = "POST /v2/orders/blobs/uploads/";
    private static final int BASE_LAYERS = 2;
    private static final Set<Fault> BREAKS = EnumSet.of(
            Fault.CLOSED,
            Fault.CUT_REQUEST,
            Fault.CUT_AFTER,
            Fault.APPLIED_500,
            Fault.OTHER_DIGEST,
            Fault.BAD_JSON,
            Fault.S403,
            Fault.S503);

    private Inspection check(TestModule... modules) {
        Inspection build = fixture.newBuild();
        InspectionReport report = build.inspect(candidates(modules), false, Exchange.Listener.NONE);
        assertThat(report.refusal()).isEmpty();
        return build;
    }

    private static List<Candidate> candidates(TestModule... modules) {
        return List.of(modules).stream().map(TestModule::candidate).toList();
    }

    /** Checks the modules and does at once all that is begun early. */
    private void begin(TestModule... modules) {
        check(modules).begin(candidates(modules), AT_ONCE, Exchange.Listener.NONE);
    }

    private void refuseMounts() throws Exception {
        restart(LocalEcr.builder().blobMounting(false));
    }

    /** Returns a base on disk, of which nothing can be mounted. */
    private String baseOnDisk() throws Exception {
        Path storage = directory.resolve("elsewhere");
        try (LocalEcr elsewhere = LocalEcr.builder().storage(storage).start()) {
            TinyBase.seed(elsewhere, "jre", "17");
        }
        return storage.resolve("jre").toString();
    }

    private List<Fate> fatesOfBase() {
        return fixture.log.staging().parts().stream()
                .filter(part -> part.name().equals("base"))
                .map(Part::fate)
                .toList();
    }

    private List<String> kinds() {
        return fixture.ecr.requests().stream().map(RecordedRequest::kind).toList();
    }

    private List<String> uploads() {
        return kinds().stream()
                .filter(kind -> kind.startsWith("PUT /v2/orders/"))
                .toList();
    }

    @Test
    void mountsTheLayersOfTheBaseBeforeThePush() throws Exception {
        begin(fixture.orders());
        assertThat(fixture.count(BEGIN)).isEqualTo(BASE_LAYERS);
        fixture.ecr.clearRequests();

        fixture.deliver(fixture.orders());

        assertThat(fatesOfBase()).containsExactly(Fate.MOUNTED, Fate.MOUNTED);
        assertThat(fixture.log.staging().sentEarly()).isZero();
        assertThat(kinds()).noneMatch(kind -> kind.startsWith("GET /v2/base/jre/"));
        assertThat(fixture.count(BEGIN)).isEqualTo(fixture.log.staging().parts().size() - BASE_LAYERS);
    }

    @Test
    void sendsBeforeThePushWhatCannotBeMounted() throws Exception {
        refuseMounts();
        begin(fixture.orders());
        fixture.ecr.clearRequests();

        TestModule orders = fixture.orders();
        fixture.deliver(orders);

        Staging staging = fixture.log.staging();
        assertThat(fatesOfBase()).containsExactly(Fate.UPLOADED, Fate.UPLOADED);
        assertThat(staging.sentEarly()).isPositive().isEqualTo(staging.bytes(Fate.UPLOADED) - fixture.uploadedBytes());
        Json report = Json.parse(Files.readAllBytes(orders.report("push.json")));
        assertThat(report.get("bytes").get("uploaded").number()).hasValue(staging.bytes(Fate.UPLOADED));
        assertThat(kinds()).noneMatch(kind -> kind.startsWith("GET /v2/base/jre/"));
    }

    @Test
    void writesNoManifestAndNoTag() {
        begin(fixture.orders());

        assertThat(fixture.ecr.images("orders")).isEmpty();
        assertThat(fixture.tags()).isEmpty();
        assertThat(fixture.count("ecr:PutImage")).isZero();
    }

    @Test
    void costsOneRequestMoreThanWithoutItAndThatBeforeThePush() throws Exception {
        check(fixture.orders());
        fixture.deliver(fixture.orders());
        List<String> without = fixture.requests();
        WrittenFiles.remove(fixture.cache());
        restart(LocalEcr.builder());

        begin(fixture.orders());
        fixture.deliver(fixture.orders());

        List<String> expected = new ArrayList<>(without);
        expected.add(LAYERS);
        assertThat(fixture.requests()).containsExactlyInAnyOrderElementsOf(expected);
        Golden.assertThatLines(fixture.requests()).match("check-and-push");
    }

    /** Else whoever can push could stop all commits to come by one image. */
    @Test
    void isBegunThoughAnEarlierImageCannotBeRead() throws Exception {
        fixture.deliver(fixture.orders());
        fixture.checkOutAnew(TestModule.OTHER_SHA, TestModule.SHA);
        fixture.ecr.clearRequests();
        fixture.ecr.faults().inject(Occasion.of("ecr:BatchGetImage").first(1), Behaviour.nameAnotherDigest());

        begin(fixture.orders().sha(TestModule.OTHER_SHA).version("1.4.1"));

        assertThat(fixture.count(LAYERS)).as("what the image would have said").isEqualTo(1);
    }

    @Test
    void asksForNoEarlierImageWhereAllLayersAreToBeWritten() {
        fixture.checkOutAnew(TestModule.OTHER_SHA, TestModule.SHA);
        check(fixture.orders().sha(TestModule.OTHER_SHA));
        long withParent = bytesOfTheLook();
        fixture.ecr.clearRequests();

        check(fixture.orders().sha(TestModule.OTHER_SHA).writingAllLayers());

        assertThat(withParent - bytesOfTheLook()).isGreaterThan(TestModule.SHA.length());
    }

    private long bytesOfTheLook() {
        return fixture.ecr.requests().stream()
                .filter(request -> request.kind().equals("ecr:BatchGetImage"))
                .mapToLong(RecordedRequest::received)
                .sum();
    }

    @Test
    void asksNothingWhereAnEarlierImageHasTheBase() throws Exception {
        fixture.deliver(fixture.orders());
        fixture.checkOutAnew(TestModule.OTHER_SHA, TestModule.SHA);

        assertThatNothingIsAskedFor(fixture.orders().sha(TestModule.OTHER_SHA).version("1.5.0"));
    }

    private void assertThatNothingIsAskedFor(TestModule module) {
        Inspection build = check(module);
        fixture.ecr.clearRequests();

        build.begin(candidates(module), AT_ONCE, Exchange.Listener.NONE);

        assertThat(kinds()).isEmpty();
    }

    @Test
    void asksNothingWhereTheCommitHasItsImage() throws Exception {
        fixture.deliver(fixture.orders());

        assertThatNothingIsAskedFor(fixture.orders().version("1.5.0"));
    }

    @Test
    void sendsNothingThatTheRepositoryHasUnderWhateverTag() throws Exception {
        fixture.deliver(fixture.orders());
        TestModule other =
                fixture.orders().worthAsking().sha(TestModule.OTHER_SHA).version("1.5.0");
        Inspection build = check(other);
        fixture.ecr.clearRequests();

        build.begin(candidates(other), AT_ONCE, Exchange.Listener.NONE);
        assertThat(kinds()).containsExactly(LAYERS);
        fixture.deliver(other);

        assertThat(fatesOfBase()).containsOnly(Fate.REUSED);
    }

    @Test
    void sparesThePushTheQuestionForWhatItFoundThere() throws Exception {
        fixture.deliver(fixture.orders());
        TestModule other = fixture.orders().sha(TestModule.OTHER_SHA).version("1.5.0");
        begin(other);
        fixture.ecr.clearRequests();

        fixture.deliver(other);

        assertThat(kinds()).doesNotContain(LAYERS);
        assertThat(fatesOfBase()).containsExactly(Fate.REUSED, Fate.REUSED);
    }

    @Test
    void createsNoRepository() {
        TestModule missing = fixture.module("missing")
                .base(fixture.pinnedBase())
                .creating(new NewRepository(
                        List.of(), true, new NewRepository.Encryption("AES256", Optional.empty()), Map.of()));
        Inspection build = check(missing);
        fixture.ecr.clearRequests();

        build.begin(candidates(missing), AT_ONCE, Exchange.Listener.NONE);

        assertThat(kinds()).isEmpty();
        assertThat(fixture.ecr.repositories()).doesNotContain("missing");
    }

    @Test
    void leavesAModuleAloneThatIsNotPushed() {
        Inspection build = check(fixture.orders());
        fixture.ecr.clearRequests();

        build.begin(List.of(), AT_ONCE, Exchange.Listener.NONE);

        assertThat(kinds()).isEmpty();
    }

    @Test
    void sendsALayerIntoTheFirstRepositoryAloneAndMountsItThenceLater() throws Exception {
        String base = baseOnDisk();
        TestModule orders = fixture.orders().base(base);
        TestModule billing = fixture.module("billing").base(base);
        begin(orders, billing);
        assertThat(fixture.count(BEGIN)).isEqualTo(BASE_LAYERS);
        assertThat(fixture.count("POST /v2/billing/blobs/uploads/")).isZero();
        assertThat(fixture.count(LAYERS)).isEqualTo(1);

        fixture.stage(orders);
        assertThat(fatesOfBase()).containsOnly(Fate.UPLOADED);
        fixture.stage(billing);

        assertThat(fatesOfBase()).containsOnly(Fate.MOUNTED);
    }

    @Test
    void sendsNothingThatCanBeMountedFromAnotherModuleOnceThatIsPushed() throws Exception {
        String base = baseOnDisk();
        fixture.deliver(fixture.orders().base(base));
        fixture.checkOutAnew(TestModule.OTHER_SHA, TestModule.SHA);
        TestModule orders =
                fixture.orders().base(base).sha(TestModule.OTHER_SHA).version("1.5.0");
        TestModule billing =
                fixture.module("billing").base(base).sha(TestModule.OTHER_SHA).version("1.5.0");
        fixture.ecr.clearRequests();

        begin(orders, billing);
        assertThat(kinds()).noneMatch(kind -> kind.startsWith("POST /v2/"));
        fixture.stage(orders);
        fixture.stage(billing);

        assertThat(fatesOfBase()).containsOnly(Fate.MOUNTED);
    }

    @Test
    void leavesToThePushWhatWasNotBegun() throws Exception {
        refuseMounts();
        Queue<Runnable> tasks = new ArrayDeque<>();
        TestModule orders = fixture.orders();
        check(orders).begin(candidates(orders), tasks::add, Exchange.Listener.NONE);
        tasks.remove().run();
        assertThat(tasks).hasSize(BASE_LAYERS);

        fixture.deliver(orders);
        assertThat(fixture.log.staging().sentEarly()).isZero();
        fixture.ecr.clearRequests();
        tasks.forEach(Runnable::run);

        assertThat(kinds()).isEmpty();
    }

    @Test
    void hasThePushWaitForALayerThatIsOnItsWay() throws Exception {
        refuseMounts();
        Hold hold = Hold.before();
        fixture.ecr
                .faults()
                .inject(
                        Occasion.matching(kind -> kind.startsWith("PUT /v2/orders/"))
                                .nth(1),
                        hold);
        TestModule orders = fixture.orders();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            check(orders).begin(candidates(orders), threads, Exchange.Listener.NONE);
            hold.awaitArrival();
            Future<Publication> push = threads.submit(() -> fixture.deliver(orders));
            while (fixture.count(BEGIN) < 7) {
                Thread.onSpinWait();
            }
            assertThat(push.isDone()).isFalse();
            hold.release();

            assertThat(push.get().result()).isEqualTo(Result.PUBLISHED);
        } finally {
            threads.shutdownNow();
        }
        assertThat(fatesOfBase()).containsExactly(Fate.UPLOADED, Fate.UPLOADED);
        assertThat(uploads()).hasSize(fixture.log.staging().parts().size());
    }

    @Test
    void bringsAgainWhatWasCollectedMeanwhile() throws Exception {
        refuseMounts();
        begin(fixture.orders());
        fixture.ecr.faults().dropUnreferencedBlobs();

        assertThat(fixture.deliver(fixture.orders()).result()).isEqualTo(Result.PUBLISHED);

        assertThat(fatesOfBase()).containsOnly(Fate.UPLOADED);
        assertThat(fixture.log.staging().sentEarly()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ecr:BatchCheckLayerAvailability",
                "POST /v2/orders/blobs/uploads/.*",
                "PUT /v2/orders/blobs/uploads/.*",
                "GET /v2/base/jre/blobs/.*"
            })
    void leavesToThePushWhatWasRefused(String kind) throws Exception {
        refuseMounts();
        TestModule orders = fixture.orders();
        Inspection build = check(orders);
        fixture.ecr.faults().inject(Occasion.matching(asked -> asked.matches(kind)), refusal());

        build.begin(candidates(orders), AT_ONCE, Exchange.Listener.NONE);

        assertThat(fixture.log.events).anyMatch(event -> event.startsWith("left to push orders "));
        assertThat(fixture.tags()).isEmpty();
        assertThat(fixture.ecr.images("orders")).isEmpty();
        fixture.ecr.faults().clear();
        assertThat(fixture.deliver(orders).result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, "1.4.0");
        assertThat(fixture.log.staging().sentEarly()).isZero();
    }

    static Stream<Arguments> faults() {
        return Stream.of(RequestKind.LAYERS, RequestKind.POST, RequestKind.PUT)
                .flatMap(kind ->
                        BREAKS.stream().filter(fault -> fault.appliesTo(kind)).map(fault -> Arguments.of(kind, fault)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void endsWithBothTagsWhateverBecomesOfARequestBefore(RequestKind kind, Fault fault) throws Exception {
        refuseMounts();
        TestModule orders = fixture.orders();
        Inspection build = check(orders);
        Spot spot = new Spot("orders", "1.4.0", List.of(), fixture.base);
        fixture.ecr.faults().inject(kind.of(spot).nth(1), fault.behaviour());

        build.begin(candidates(orders), AT_ONCE, Exchange.Listener.NONE);

        assertThat(fixture.tags()).isEmpty();
        assertThat(fixture.ecr.images("orders")).isEmpty();
        assertThat(fixture.deliver(orders).result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, "1.4.0");
        assertThat(fatesOfBase()).doesNotContain(Fate.MOUNTED);
    }

    private static Behaviour refusal() {
        return Behaviour.answer(403, "AccessDeniedException", "not now");
    }

    @Test
    void hasThePushTellOfWhatIsRefusedStill() throws Exception {
        refuseMounts();
        TestModule orders = fixture.orders();
        Inspection build = check(orders);
        fixture.ecr.faults().inject(Occasion.matching(kind -> kind.startsWith("PUT /v2/orders/")), refusal());

        build.begin(candidates(orders), AT_ONCE, Exchange.Listener.NONE);

        assertThatThrownBy(() -> fixture.stage(orders))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("nothing was tagged");
        assertThat(fixture.tags()).isEmpty();
    }
}
