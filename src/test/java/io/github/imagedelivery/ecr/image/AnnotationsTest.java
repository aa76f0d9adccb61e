package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an image says about itself, in its manifest and in its labels. */
class AnnotationsTest {
    private static final String BASE_NAME = "org.opencontainers.image.base.name";
    private static final String BASE_DIGEST = "org.opencontainers.image.base.digest";
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final Platform ARM64 = new Platform("linux", "arm64", "");

    @TempDir
    private Path directory;

    private TestApplication application;
    private ImageBuilder builder;

    @BeforeEach
    void writeApplication() {
        application = TestApplication.in(directory.resolve("app"));
        builder = TestImages.builder(directory.resolve("cache"));
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com/jre:17, registry.example.com/jre:17",
        "registry.example.com/jre:17@sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a,"
                + "registry.example.com/jre:17",
        "registry.example.com/jre@sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a,"
                + "registry.example.com/jre@sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"
    })
    void nameTheBaseByWhichALaterOneIsFound(String name, String annotated) throws Exception {
        Map<String, String> said = annotations(plan(Map.of()), base(name, Map.of()));

        assertThat(said).containsOnly(entry(BASE_NAME, annotated), entry(BASE_DIGEST, DIGEST.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/me/base", "127.0.0.1:40395/jre:17", "localhost/jre:17", "[::1]:5000/jre:17"})
    void giveNoNameThatIsOfThisMachineAlone(String name) throws Exception {
        assertThat(annotations(plan(Map.of()), base(name, Map.of()))).containsOnlyKeys(BASE_DIGEST);
    }

    @Test
    void areAbsentWhereThereIsNothingToSay() throws Exception {
        try (BuiltImage image = builder.build(plan(Map.of()), BaseImage.scratch(Platform.LINUX_AMD64))) {
            assertThat(image.manifest().json().get("annotations").isMissing()).isTrue();
        }
    }

    @Test
    void areSorted() throws Exception {
        Map<String, String> unsorted = new LinkedHashMap<>();
        unsorted.put("b", "2");
        unsorted.put("z", "3");
        unsorted.put("a", "1");

        assertThat(annotations(plan(unsorted), BaseImage.scratch(Platform.LINUX_AMD64)))
                .containsExactly(entry("a", "1"), entry("b", "2"), entry("z", "3"));
    }

    @Test
    void letTheConfigurationSayAnotherBase() throws Exception {
        BaseImage base = base("registry.example.com/jre:17", Map.of());

        assertThat(annotations(plan(Map.of(BASE_NAME, "example.com/other:1")), base))
                .containsEntry(BASE_NAME, "example.com/other:1")
                .containsEntry(BASE_DIGEST, DIGEST.toString());
    }

    @Test
    void standAmongTheLabelsToo() throws Exception {
        BaseImage base = base("registry.example.com/jre:17", Map.of("vendor", "Example"));

        assertThat(labels(base))
                .containsEntry(BASE_NAME, "registry.example.com/jre:17")
                .containsEntry(BASE_DIGEST, DIGEST.toString())
                .containsEntry("vendor", "Example");
    }

    @Test
    void doNotSayOfTheImageWhatTheBaseSaysOfItself() throws Exception {
        BaseImage base = base(
                "/home/me/base",
                Map.of(
                        "org.opencontainers.image.version",
                        "24.04",
                        "org.opencontainers.image.ref.name",
                        "ubuntu",
                        BASE_NAME,
                        "example.com/older:1",
                        "maintainer",
                        "Example"));

        assertThat(labels(base)).containsOnlyKeys("maintainer", "a", "b", BASE_DIGEST);
    }

    @Test
    void ofAnIndexAreThoseThatAllImagesHave() throws Exception {
        BaseImage amd64 = base("registry.example.com/jre:17", Map.of());
        BaseImage arm64 = new BaseImage(
                amd64.name(),
                Optional.of(Digest.of(new byte[] {2})),
                BaseImage.scratch(ARM64).config(),
                List.of());
        List<Platform> platforms = List.of(Platform.LINUX_AMD64, ARM64);

        try (ImageSet set = builder.build(plan(Map.of("a", "1")), List.of(amd64, arm64), platforms, KnownLayers.NONE)) {
            assertThat(texts(set.root().json().get("annotations")))
                    .containsExactly(entry("a", "1"), entry(BASE_NAME, "registry.example.com/jre:17"));
        }
    }

    private ImagePlan plan(Map<String, String> annotations) {
        return new ImagePlan(
                application.application(),
                ContainerSettings.DEFAULT,
                Map.of("b", "2", "a", "1"),
                annotations,
                Instant.EPOCH);
    }

    private static BaseImage base(String name, Map<String, String> labels) {
        Json members = Json.object();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            members = members.with(label.getKey(), Json.of(label.getValue()));
        }
        Json config = BaseImage.scratch(Platform.LINUX_AMD64)
                .config()
                .with("config", Json.object().with("Labels", members));
        return new BaseImage(name, Optional.of(DIGEST), config, List.of());
    }

    private Map<String, String> annotations(ImagePlan plan, BaseImage base) throws Exception {
        try (BuiltImage image = builder.build(plan, base)) {
            return texts(image.manifest().json().get("annotations"));
        }
    }

    private Map<String, String> labels(BaseImage base) throws Exception {
        try (BuiltImage image = builder.build(plan(Map.of()), base)) {
            return texts(TestImages.config(image).get("config").get("Labels"));
        }
    }

    private static Map<String, String> texts(Json members) {
        return members.members().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        member -> member.getValue().text().orElseThrow(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
