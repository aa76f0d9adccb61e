package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.aws.NewRepository.Encryption;
import io.github.imagedelivery.ecr.delivery.PushPlan.Change;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push that is planned and not made: what it says, and that it changes nothing. */
class DryRunTest {
    private static final NewRepository SETTINGS = new NewRepository(
            List.of(new TagPattern("*-SNAPSHOT")), true, new Encryption("AES256", Optional.empty()), Map.of());

    private static final String READING = "ecr:(?:Describe|BatchGet|BatchCheck|Get).*|(?:GET|HEAD) .*|store:.*";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new DeliveryFixture(directory, LocalEcr.builder().storage(directory.resolve("storage")));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** Plans a push, and holds what must be true of each: ECR was only read, and nothing looks like a push. */
    private PushPlan plan(TestModule module) throws Exception {
        Map<String, String> before = storage();
        fixture.ecr.clearRequests();
        PushPlan plan = fixture.delivery.plan(module.module(), Exchange.Listener.NONE);
        assertThat(fixture.requests()).isNotEmpty().allMatch(request -> request.matches(READING));
        assertThat(storage()).isEqualTo(before);
        assertThat(module.report("")).isDirectoryContaining("glob:**/plan.json");
        for (String file : List.of("staged.json", "digest", "image-id", "push.json")) {
            assertThat(module.report(file)).doesNotExist();
        }
        return plan;
    }

    private Map<String, String> storage() throws IOException {
        Map<String, String> storage = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory.resolve("storage"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                storage.put(file.toString(), Digest.of(Files.readAllBytes(file)).toString());
            }
        }
        return storage;
    }

    private static Json written(TestModule module) throws Exception {
        return Json.parse(Files.readAllBytes(module.report("plan.json")));
    }

    private static List<Fate> fates(PushPlan plan) {
        return plan.staging().orElseThrow().first().layers().stream()
                .map(Part::fate)
                .toList();
    }

    @Test
    void saysWhatAFirstPushWouldSendAndTag() throws Exception {
        PushPlan plan = plan(fixture.orders());

        assertThat(fates(plan))
                .startsWith(Fate.MOUNTED, Fate.MOUNTED, Fate.UPLOADED)
                .endsWith(Fate.UPLOADED);
        assertThat(plan.creator()).isEmpty();
        assertThat(plan.tags())
                .extracting(tag -> tag.tag().value(), tag -> tag.change())
                .containsExactly(tuple(TestModule.SHA, Change.CREATE), tuple("1.4.0", Change.CREATE));
    }

    @Test
    void foreseesTheDigestAndTheFateOfEachLayerOfThePushThatFollows() throws Exception {
        TestModule module = fixture.orders();
        PushPlan plan = plan(module);

        StagedImage staged = fixture.stage(module);

        assertThat(staged.digest()).isEqualTo(plan.image().digest());
        assertThat(fixture.log.staging()).isEqualTo(plan.staging().orElseThrow());
    }

    @Test
    void saysWhichLayersAreThere() throws Exception {
        TestModule module = fixture.orders();
        fixture.deliver(module);

        PushPlan plan = plan(module.code("changed").sha(TestModule.OTHER_SHA).version("1.5.0"));

        assertThat(fates(plan)).containsOnlyOnce(Fate.UPLOADED).doesNotContain(Fate.MOUNTED);
    }

    @Test
    void saysThatBothTagsStay() throws Exception {
        TestModule module = fixture.orders();
        Digest digest = fixture.deliver(module).image().digest();

        PushPlan plan = plan(module);

        assertThat(plan.tags()).allSatisfy(tag -> {
            assertThat(tag.change()).isEqualTo(Change.KEEP);
            assertThat(tag.today()).contains(digest);
        });
        assertThat(fixture.requests()).containsExactly("ecr:BatchGetImage");
    }

    @Test
    void saysWhatAMovingTagPointsAtToday() throws Exception {
        TestModule module = fixture.orders().version("2.0-SNAPSHOT");
        Digest digest = fixture.deliver(module).image().digest();

        plan(module.code("changed").sha(TestModule.OTHER_SHA));

        assertThat(written(module).get("tags").items())
                .last()
                .hasToString("{\"tag\":\"2.0-SNAPSHOT\",\"change\":\"move\",\"today\":\"" + digest + "\"}");
    }

    @Test
    void createsNoRepositoryAndSaysThatAPushWould() throws Exception {
        TestModule module = fixture.module("fresh").base(fixture.pinnedBase()).creating(SETTINGS);

        PushPlan plan = plan(module);

        assertThat(plan.creator()).contains("ecr.createRepository");
        assertThat(fates(plan)).startsWith(Fate.MOUNTED).endsWith(Fate.UPLOADED);
        assertThat(fixture.ecr.repositories()).doesNotContain("fresh");
        assertThat(written(module).get("repository"))
                .hasToString("{\"uri\":\"" + fixture.ecr.registryHost()
                        + "/fresh\",\"exists\":false,\"createdBy\":\"ecr.createRepository\"}");
    }

    @Test
    void beginsNoUploadWhereATemplateWouldCreateTheRepository() throws Exception {
        fixture.close();
        fixture = new DeliveryFixture(
                directory,
                LocalEcr.builder()
                        .createOnPush(true)
                        .storage(Files.createDirectories(directory.resolve("storage/other"))));

        PushPlan plan = plan(fixture.module("fresh"));

        assertThat(plan.creator()).contains("a template of the registry");
        assertThat(fixture.ecr.repositories()).doesNotContain("fresh");
    }

    @Test
    void refusesWhatAPushRefuses() throws Exception {
        TestModule module = fixture.orders();
        fixture.deliver(module);

        assertThatThrownBy(() -> plan(module.code("changed")))
                .hasMessageContaining("points at another image already; nothing was sent or tagged")
                .hasMessageContaining("classes: app/classes/demo/Main.class");
        assertThatThrownBy(() -> plan(fixture.module("fresh"))).hasMessageContaining("fresh does not exist");
    }

    @Test
    void plansToAdoptWhatThereIs() throws Exception {
        TestModule module = fixture.orders();
        Digest digest = fixture.deliver(module).image().digest();

        PushPlan plan = plan(module.code("changed").version("1.4.1").adopting());

        assertThat(plan.image().digest()).isEqualTo(digest);
        assertThat(plan.staging()).isEmpty();
        assertThat(plan.tags()).extracting(tag -> tag.change()).containsExactly(Change.KEEP, Change.CREATE);
    }

    @Test
    void saysInTheFileWhatWouldBeSent() throws Exception {
        TestModule module = fixture.orders();
        PushPlan plan = plan(module);

        Json written = written(module);
        Staging staging = plan.staging().orElseThrow();
        assertThat(written.get("digest").text()).contains(plan.image().digest().toString());
        assertThat(written.get("base").text()).contains(fixture.pinnedBase());
        assertThat(written.get("bytes").get("uploaded").number()).hasValue(staging.bytes(Fate.UPLOADED));
        assertThat(written.get("layers").items().get(0).get("fate").text()).contains("mounted");
        assertThat(written.get("coordinates").get("sha").get("source").text()).contains("ecr.sha");
    }

    @Test
    void plansThePublicationOfWhatIsStagedAndLeavesItStaged() throws Exception {
        TestModule module = fixture.orders();
        StagedImage staged = fixture.stage(module);
        fixture.delivery.note(staged);
        Map<String, String> before = storage();
        fixture.newSession();
        fixture.ecr.clearRequests();

        List<PushPlan> plans = fixture.delivery.plan(List.of(module.report("")), Exchange.Listener.NONE);

        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan.image().digest()).isEqualTo(staged.digest());
            assertThat(plan.tags()).extracting(tag -> tag.change()).containsExactly(Change.CREATE, Change.CREATE);
        });
        assertThat(fixture.requests()).containsExactly("ecr:BatchGetImage", "ecr:GetAuthorizationToken");
        assertThat(storage()).isEqualTo(before);
        assertThat(module.report("staged.json")).exists();
    }

    @Test
    void removesThePlanWhenAPushFollows() throws Exception {
        TestModule module = fixture.orders();
        plan(module);

        fixture.stage(module);

        assertThat(module.report("plan.json")).doesNotExist();
    }
}
