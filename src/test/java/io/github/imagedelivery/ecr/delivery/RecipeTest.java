package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.Revision.Cleanliness;
import io.github.imagedelivery.ecr.image.ImagePlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an image is said to be. */
class RecipeTest {
    private static final Instant COMMITTED = Instant.parse("2026-01-02T03:04:05Z");
    private static final String OWN = "org.opencontainers.image.";

    @TempDir
    Path directory;

    private TestModule module;

    @BeforeEach
    void describe() {
        module = new TestModule(directory, "orders");
    }

    @Test
    void isItsCommitItsNameAndItsLicenseInLabelsAndAnnotationsAlike() throws Exception {
        ImagePlan plan = plan("1.4.0", description(Map.of(), Map.of()));

        assertThat(plan.annotations())
                .containsExactly(
                        entry(OWN + "created", COMMITTED.toString()),
                        entry(OWN + "licenses", "Apache-2.0"),
                        entry(OWN + "revision", TestModule.SHA),
                        entry(OWN + "source", "https://git.example.com/clone"),
                        entry(OWN + "title", "Orders"));
        assertThat(plan.labels()).isEqualTo(plan.annotations());
    }

    @Test
    void isTheSameForEveryVersion() throws Exception {
        ImageDescription description = description(Map.of(), Map.of());

        assertThat(plan("1.4.0", description).annotations())
                .isEqualTo(plan("2.0.0-SNAPSHOT", description).annotations());
    }

    @Test
    void followsALabelOfOciInTheAnnotationToo() throws Exception {
        ImagePlan plan = plan("1.4.0", description(Map.of(OWN + "vendor", "Example", "team", "blue"), Map.of()));

        assertThat(plan.annotations()).containsEntry(OWN + "vendor", "Example").doesNotContainKey("team");
        assertThat(plan.labels()).containsEntry("team", "blue");
    }

    @Test
    void prefersAnAnnotationOfItsOwnToThatLabel() throws Exception {
        String title = OWN + "title";
        ImagePlan plan = plan("1.4.0", description(Map.of(title, "label"), Map.of(title, "annotation", "a", "1")));

        assertThat(plan.annotations()).containsEntry(title, "annotation").containsEntry("a", "1");
        assertThat(plan.labels()).containsEntry(title, "label").doesNotContainKey("a");
    }

    private static ImageDescription description(Map<String, String> labels, Map<String, String> annotations) {
        return new ImageDescription(
                Optional.of("Orders"),
                Optional.of("Apache-2.0"),
                Optional.of("https://git.example.com/pom"),
                Optional.empty(),
                labels,
                annotations);
    }

    private ImagePlan plan(String version, ImageDescription description) throws Exception {
        Module plain = module.registry("123456789012.dkr.ecr.eu-west-1.amazonaws.com")
                .version(version)
                .module();
        Recipe recipe = (Recipe) plain.making();
        Recipe described = new Recipe(
                recipe.base(),
                recipe.platforms(),
                recipe.application(),
                recipe.container(),
                description,
                recipe.compression());
        Revision head = new Revision(
                TestModule.SHA,
                Cleanliness.CLEAN,
                List.of(),
                Optional.of(COMMITTED),
                List.of(),
                Optional.empty(),
                Optional.of("https://git.example.com/clone"));
        Coordinates target = new CoordinateResolver(() -> Optional.of(head), Optional.empty(), new RecordingLog())
                .resolve("orders", plain.coordinates());
        return described.plan(target);
    }
}
