package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.PageFigures;
import io.github.imagedelivery.ecr.delivery.StartState.At;
import io.github.imagedelivery.ecr.delivery.StartState.Kind;
import io.github.imagedelivery.ecr.delivery.StartState.Tags;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A push into repositories of every mutability and from every start: each tag free, at the image or at another one, and
 * the image promoted under a further tag or not.
 */
class StartStatesTest {
    private static final String SHA = TestModule.SHA;
    private static final String VERSIONS = "*.*.*";
    private static final String SNAPSHOTS = "*-SNAPSHOT";

    @TempDir
    static Path directory;

    private static DeliveryFixture fixture;
    private static TestModule module;
    private static StoredImage ours;
    private static StoredImage other;
    private static int count;

    @BeforeAll
    static void start() throws Exception {
        fixture = new DeliveryFixture(directory);
        module = fixture.module("orders").code("of others");
        other = delivered("orders");
        module.code("of this commit");
        ours = delivered("billing");
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    private static StoredImage delivered(String repository) throws Exception {
        fixture.deliver(module.named(repository));
        return StoredImage.of(fixture.ecr, repository, SHA);
    }

    static List<StartState> all() {
        return StartState.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsAsTheRulesSay(StartState state) throws Exception {
        String repository = prepared(state);
        Map<String, Digest> before = fixture.ecr.tags(repository);
        Map<String, Digest> both = new HashMap<>(before);
        both.put(SHA, ours.digest());
        both.put(state.kind().tag, ours.digest());
        boolean refused = state.expected() == Result.REFUSED;
        module.additionally();

        assertThat(result(state.kind(), repository)).isEqualTo(state.expected());
        assertThat(fixture.ecr.tags(repository)).isEqualTo(refused ? before : both);
        assertThat(writes().isEmpty()).as("nothing is sent").isEqualTo(state.expected() != Result.PUBLISHED);

        assertThat(result(state.kind(), repository)).isEqualTo(refused ? Result.REFUSED : Result.ALREADY_PUBLISHED);
        assertThat(fixture.ecr.tags(repository)).isEqualTo(refused ? before : both);
        assertThat(writes()).isEmpty();
    }

    static List<MoreTagsState> withMoreTags() {
        return MoreTagsState.all();
    }

    @ParameterizedTest
    @MethodSource("withMoreTags")
    void endsAsTheRulesSayWithAdditionalTags(MoreTagsState state) throws Exception {
        String repository = prepared(state);
        Map<String, Digest> before = fixture.ecr.tags(repository);
        Map<String, Digest> all = new HashMap<>(before);
        List.of(SHA, Kind.RELEASE.tag, Start.MOVING_TAG, Start.ADDED_TAG).forEach(tag -> all.put(tag, ours.digest()));
        boolean refused = state.expected() == Result.REFUSED;
        module.additionally("{major}", "{shortSha}");

        assertThat(result(Kind.RELEASE, repository)).isEqualTo(state.expected());
        assertThat(fixture.ecr.tags(repository)).isEqualTo(refused ? before : all);
        assertThat(writes().isEmpty()).as("nothing is sent").isEqualTo(state.expected() != Result.PUBLISHED);

        assertThat(result(Kind.RELEASE, repository)).isEqualTo(refused ? Result.REFUSED : Result.ALREADY_PUBLISHED);
        assertThat(fixture.ecr.tags(repository)).isEqualTo(refused ? before : all);
        assertThat(writes()).isEmpty();
    }

    @Test
    void pageSaysHowTheyEnd() throws IOException {
        PageFigures.check("start-states", StartState.table());
    }

    @Test
    void startsFromEighteenStatesInFourKindsOfRepository() {
        assertThat(all()).filteredOn(state -> state.kind() == Kind.MOVING).hasSize(4 * 18);
        assertThat(all()).filteredOn(state -> state.kind() == Kind.RELEASE).hasSize(4 * 18);
        assertThat(all()).doesNotHaveDuplicates();
    }

    private static String prepared(MoreTagsState state) throws IOException {
        String repository = created(state.tags());
        At both = state.isPublished() ? At.OURS : At.FREE;
        seed(repository, SHA, both);
        seed(repository, Kind.RELEASE.tag, both);
        seed(repository, Start.MOVING_TAG, state.moving());
        seed(repository, Start.ADDED_TAG, state.once());
        return repository;
    }

    private static String created(Tags tags) throws IOException {
        String repository = "orders-" + ++count;
        switch (tags) {
            case MUTABLE -> fixture.ecr.createRepository(repository);
            case IMMUTABLE -> fixture.ecr.createRepository(repository, TagMutability.IMMUTABLE);
            case SHA_IMMUTABLE ->
                fixture.ecr.createRepository(repository, TagMutability.IMMUTABLE_WITH_EXCLUSION, VERSIONS, SNAPSHOTS);
            case VERSION_IMMUTABLE ->
                fixture.ecr.createRepository(repository, TagMutability.MUTABLE_WITH_EXCLUSION, VERSIONS, SNAPSHOTS);
        }
        other.seed(fixture.ecr, repository, "production");
        return repository;
    }

    private static String prepared(StartState state) throws IOException {
        String repository = created(state.tags());
        seed(repository, SHA, state.sha());
        seed(repository, state.kind().tag, state.version());
        if (state.isPromoted()) {
            ours.seed(fixture.ecr, repository, "candidate");
        }
        return repository;
    }

    private static void seed(String repository, String tag, At at) throws IOException {
        if (at != At.FREE) {
            (at == At.OURS ? ours : other).seed(fixture.ecr, repository, tag);
        }
    }

    /** Pushes, and returns what the report says. */
    private static Result result(Kind version, String repository) throws Exception {
        fixture.ecr.clearRequests();
        module.named(repository).version(version.tag);
        try {
            fixture.deliver(module);
        } catch (DeliveryException refused) {
            assertThat(refused.isUserError()).isTrue();
        }
        Json report = Json.parse(Files.readAllBytes(module.report("push.json")));
        return Result.valueOf(report.get("result").text().orElseThrow());
    }

    private static List<String> writes() {
        return fixture.ecr.requests().stream()
                .map(RecordedRequest::kind)
                .filter(kind -> kind.matches("(POST|PUT) .*|ecr:(PutImage|BatchDeleteImage)"))
                .toList();
    }
}
