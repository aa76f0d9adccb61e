package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    private final PushMojo raw = new PushMojo();
    private final Parameters parameters = new Parameters(raw);

    @BeforeEach
    void nameTheModule() {
        Model model = new Model();
        model.setArtifactId("orders");
        model.setVersion("1.4.0");
        raw.project = new MavenProject(model);
    }

    @Test
    void takesBlankTextForUnset() throws DeliveryException {
        raw.registry = "  ";
        raw.name = "";

        assertThat(parameters.coordinates().registry()).isEmpty();
        assertThat(parameters.coordinates().name()).isEmpty();
        assertThat(parameters.coordinates().artifactId()).isEqualTo("orders");
        assertThat(parameters.coordinates().projectVersion()).isEqualTo("1.4.0");
    }

    @Test
    void refusesADirtyTreeUnlessTheRegistryIsLocal() throws DeliveryException {
        assertThat(parameters.coordinates().dirty()).isEqualTo(Dirty.REFUSE);

        raw.registry = "local";

        assertThat(parameters.isLocal()).isTrue();
        assertThat(parameters.coordinates().dirty()).isEqualTo(Dirty.SUFFIX);
        assertThat(parameters.coordinates().registry()).isEmpty();
    }

    @Test
    void takesTheFullCommitIdOfAnotherPluginOverItsShortOne() throws DeliveryException {
        raw.commitId = "short";
        raw.commitIdFull = "full";

        assertThat(parameters.coordinates().commitProperty()).hasValue("full");
    }

    @Test
    void joinsVariablesOfThePomAndOfTheProperty() throws DeliveryException {
        raw.environment = Map.of("A", "1");
        raw.environmentVariables = Arrays.asList("B=2=3", null, " ");

        assertThat(parameters.container().environment()).containsExactly(Map.entry("A", "1"), Map.entry("B", "2=3"));
    }

    @Test
    void refusesAVariableWithoutAValue() {
        raw.environmentVariables = List.of("NAME");

        assertThatThrownBy(parameters::container).hasMessage("""
                        ecr.environment has a value that cannot be used
                          cause: ecr.environment is "NAME"
                          to fix: set it to NAME=value pairs, comma-separated""");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:00:00Z, 2026-11-23T10:00:00Z",
        "2026-11-23T12:00:00+02:00, 2026-11-23T10:00:00Z",
        "0, 1970-01-01T00:00:00Z",
        "1795428000, 2026-11-23T10:00:00Z",
    })
    void readsTheCreationTime(String text, String time) throws DeliveryException {
        raw.created = text;

        assertThat(parameters.created()).hasValue(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-"})
    void takesASingleCharacterForNoCreationTimeAsMavenDoes(String text) throws DeliveryException {
        raw.created = text;

        assertThat(parameters.created()).isEmpty();
    }

    @Test
    void refusesACreationTimeThatIsNone() {
        raw.created = "yesterday";

        assertThatThrownBy(parameters::created)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("ecr.created is \"yesterday\"");
    }

    @Test
    void refusesAPlatformThatIsNone() {
        raw.platform = "arm64";

        assertThatThrownBy(parameters::platform)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("ecr.platform is \"arm64\"");
    }

    @Test
    void refusesAnUnknownWayWithADirtyTree() {
        raw.dirty = "ignore";

        assertThatThrownBy(parameters::coordinates)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("set it to refuse or suffix");
    }

    @Test
    void keepsItsCacheWhereThePlatformKeepsCaches() {
        assertThat(parameters.cacheDirectory(Map.of("XDG_CACHE_HOME", "/caches")))
                .isEqualTo(Path.of("/caches/ecr-maven-plugin"));

        raw.cacheDirectory = new File("/elsewhere");

        assertThat(parameters.cacheDirectory(Map.of())).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void leavesTheEntrypointToTheImageUnlessItIsSet() throws DeliveryException {
        assertThat(parameters.container().entrypoint()).isEmpty();

        raw.entrypoint = List.of("/bin/run", "--now");

        assertThat(parameters.container().entrypoint()).isEqualTo(Optional.of(List.of("/bin/run", "--now")));
    }

    @Test
    void refusesFlagsThatAnEntrypointWouldLose() {
        raw.entrypoint = List.of("/bin/run");
        raw.jvmFlags = List.of("-Xmx1g");

        assertThatThrownBy(parameters::container)
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("ecr.jvmFlags and ecr.entrypoint cannot both be set");
    }
}
