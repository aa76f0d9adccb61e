package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.PullRequests;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.PublishPolicy;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.SupersededRule;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.image.Placement;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    private final PushMojo raw = new PushMojo();
    private final Parameters parameters = new Parameters(raw);
    private final CoordinateParameters coordinates = new CoordinateParameters(raw);
    private final ContainerParameters container = new ContainerParameters(raw);

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

        assertThat(coordinates.settings().registry()).isEmpty();
        assertThat(coordinates.settings().name()).isEmpty();
        assertThat(coordinates.settings().artifactId()).isEqualTo("orders");
        assertThat(coordinates.settings().projectVersion()).isEqualTo("1.4.0");
    }

    @Test
    void refusesADirtyTreeUnlessTheRegistryIsLocal() throws DeliveryException {
        assertThat(coordinates.settings().dirty()).isEqualTo(Dirty.REFUSE);

        raw.registry = "local";

        assertThat(Parameters.isLocal(raw)).isTrue();
        assertThat(coordinates.settings().dirty()).isEqualTo(Dirty.SUFFIX);
        assertThat(coordinates.settings().registry()).isEmpty();
    }

    @Test
    void refusesPullRequestsUnlessTheyAreAllowedOrTheRegistryIsLocal() throws DeliveryException {
        assertThat(coordinates.settings().pullRequests()).isEqualTo(PullRequests.REFUSE);

        raw.allowPullRequest = true;
        assertThat(coordinates.settings().pullRequests()).isEqualTo(PullRequests.HEAD_COMMIT);

        raw.registry = "local";
        assertThat(coordinates.settings().pullRequests()).isEqualTo(PullRequests.ANY_COMMIT);
    }

    @Test
    void takesTheFullCommitIdOfAnotherPluginOverItsShortOne() throws DeliveryException {
        raw.commitId = "short";
        raw.commitIdFull = "full";

        assertThat(coordinates.settings().commitProperty()).hasValue("full");
    }

    @Test
    void joinsVariablesOfThePomAndOfTheProperty() throws DeliveryException {
        raw.environment = Map.of("A", "1");
        raw.environmentVariables = Arrays.asList("B=2=3", null, " ");

        assertThat(container.settings().environment()).containsExactly(Map.entry("A", "1"), Map.entry("B", "2=3"));
    }

    @Test
    void refusesAVariableWithoutAValue() {
        raw.environmentVariables = List.of("NAME");

        assertThatThrownBy(container::settings).hasMessage("""
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
    void takesTheTimeOfTheProjectsOutputForTheImages() throws DeliveryException {
        raw.outputTimestamp = "2026-11-23T10:00:00Z";

        assertThat(parameters.created()).hasValue(Instant.parse("2026-11-23T10:00:00Z"));
    }

    @Test
    void overlooksTheTimeThatMaven4GivesToEveryProject() throws DeliveryException {
        raw.outputTimestamp = "1980-02-01T00:00:00Z";

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
    void takesSeveralPlatformsBeforeTheOne() throws Exception {
        raw.platform = "linux/s390x";
        raw.platforms = List.of("linux/amd64", "linux/arm/v7", "linux/amd64");

        assertThat(parameters.platforms())
                .extracting(Platform::toString)
                .containsExactly("linux/amd64", "linux/arm/v7");
    }

    @Test
    void takesTheOnePlatformWhereNoOtherIsNamed() throws Exception {
        raw.platform = "linux/s390x";

        assertThat(parameters.platforms()).extracting(Platform::toString).containsExactly("linux/s390x");
    }

    @Test
    void refusesOneOfSeveralPlatformsThatIsNone() {
        raw.platforms = List.of("linux/amd64", "arm64");

        assertThatThrownBy(parameters::check)
                .hasMessageContaining("ecr.platforms has a value that cannot be used")
                .hasMessageContaining("ecr.platforms is \"arm64\"");
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

        assertThatThrownBy(coordinates::settings)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("set it to refuse or suffix");
    }

    @Test
    void letsSnapshotsAloneMoveUnlessItIsTold() throws DeliveryException {
        assertThat(coordinates.settings().movingVersions()).containsExactly(new TagPattern("*-SNAPSHOT"));

        raw.movingVersions = Arrays.asList("main", null, " feature-* ");

        assertThat(coordinates.settings().movingVersions())
                .containsExactly(new TagPattern("main"), new TagPattern("feature-*"));
    }

    @Test
    void refusesAMovingVersionThatIsNoPattern() {
        raw.movingVersions = List.of("main", "release/*");

        assertThatThrownBy(parameters::check)
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        ecr.movingVersions has a value that cannot be used
                          cause: ecr.movingVersions is "release/*"
                          to fix: set it to patterns of tags, comma-separated; each 1 to 128 characters of A-Z a-z 0-9 _ . - \
                        and the wildcard *""");
    }

    @Test
    void takesBackAndFailsWhenSupersededUnlessItIsTold() throws DeliveryException {
        assertThat(new PublishParameters(raw).policy()).isEqualTo(PublishPolicy.DEFAULT);

        raw.undo = "Never";
        raw.onSuperseded = "warn";

        assertThat(new PublishParameters(raw).policy())
                .isEqualTo(new PublishPolicy(UndoRule.NEVER, SupersededRule.WARN));
    }

    @Test
    void refusesAnUnknownPolicy() {
        raw.undo = "always";
        raw.onSuperseded = "ignore";

        assertThatThrownBy(parameters::check)
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        ecr.onSuperseded has a value that cannot be used
                          cause: ecr.onSuperseded is "ignore"
                          to fix: set it to fail or warn
                        ecr.undo has a value that cannot be used
                          cause: ecr.undo is "always"
                          to fix: set it to auto or never""");
    }

    @Test
    void refusesBasesThatCannotBeFoundAsItIsSaid() {
        raw.baseCredentials = "keychain";
        raw.baseRoleArn = "base-images";

        assertThatThrownBy(parameters::check)
                .hasMessageContaining("to fix: set it to auto or settings or docker or none")
                .hasMessageContaining("ecr.base.roleArn is \"base-images\"");
    }

    @Test
    void keepsItsCacheWhereThePlatformKeepsCaches() {
        BaseParameters bases = new BaseParameters(raw);
        assertThat(bases.cache(Map.of("XDG_CACHE_HOME", "/caches"))).isEqualTo(Path.of("/caches/ecr-maven-plugin"));
        Path standard = Path.of(System.getProperty("user.home"), ".cache", "ecr-maven-plugin");
        assertThat(bases.cache(Map.of("XDG_CACHE_HOME", "caches"))).isEqualTo(standard);
        assertThat(bases.cache(Map.of("XDG_CACHE_HOME", "/a\0b"))).isEqualTo(standard);

        raw.cacheDirectory = new File("/elsewhere");

        assertThat(bases.cache(Map.of())).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void leavesTheEntrypointToTheImageUnlessItIsSet() throws DeliveryException {
        assertThat(container.settings().entrypoint()).isEmpty();

        raw.entrypoint = List.of("/bin/run", "--now");

        assertThat(container.settings().entrypoint()).isEqualTo(Optional.of(List.of("/bin/run", "--now")));
    }

    @Test
    void refusesFlagsThatAnEntrypointWouldLose() {
        raw.entrypoint = List.of("/bin/run");
        raw.jvmFlags = List.of("-Xmx1g");

        assertThatThrownBy(container::settings)
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("ecr.jvmFlags and ecr.entrypoint cannot both be set");
    }

    @Test
    void refusesAClassPathThatAnEntrypointWouldLose() {
        raw.entrypoint = List.of("/bin/run");
        raw.extraClasspath = List.of("/opt/lib");

        assertThatThrownBy(parameters::check)
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        ecr.extraClasspath and ecr.entrypoint cannot both be set
                          cause: an entrypoint of your own is taken as it is, so the paths would be lost
                          to fix: put the paths into ecr.entrypoint""");
    }

    @Test
    void placesTheApplicationWhereItIsTold() throws DeliveryException {
        assertThat(container.placement()).isEqualTo(Placement.DEFAULT);

        raw.appRoot = " /srv/orders/ ";
        raw.extraClasspath = List.of("/opt/lib/*");
        raw.volumes = Arrays.asList("/var/log", " ");

        assertThat(container.placement()).isEqualTo(new Placement("/srv/orders", List.of("/opt/lib/*")));
        assertThat(container.settings().volumes()).containsExactly("/var/log");
    }

    @Test
    void findsNothingWrongWithDefaults() {
        assertThatCode(parameters::check).doesNotThrowAnyException();
    }

    @Test
    void refusesAllThatIsWrongAtOnce() {
        raw.name = "shop/${service}";
        raw.dirty = "ignore";
        raw.platform = "${platform}";
        raw.environmentVariables = List.of("NAME");
        raw.args = List.of("--port 80 --verbose");

        assertThatThrownBy(parameters::check)
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        ecr.args has a value that cannot be used
                          cause: ecr.args is "--port 80 --verbose"
                          to fix: set it to elements of their own, separated by commas or in nested elements
                        ecr.dirty has a value that cannot be used
                          cause: ecr.dirty is "ignore"
                          to fix: set it to refuse or suffix
                        ecr.environment has a value that cannot be used
                          cause: ecr.environment is "NAME"
                          to fix: set it to NAME=value pairs, comma-separated
                        ecr.name holds an expression that Maven could not resolve
                          cause: ecr.name is "shop/${service}"
                          to fix: define the property that it names, in the POM's <properties> or with -D
                        ecr.platform holds an expression that Maven could not resolve
                          cause: ecr.platform is "${platform}"
                          to fix: define the property that it names, in the POM's <properties> or with -D""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example", "com.example:*:1.0", ":*", "com.example:", "com example:*"})
    void refusesWhatNamesNoLibrary(String pattern) {
        raw.sharedDependencies = List.of("com.example:*", pattern);

        assertThatThrownBy(parameters::check)
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        ecr.sharedDependencies has a value that cannot be used
                          cause: ecr.sharedDependencies is "%s"
                          to fix: set it to groupId:artifactId, each with * where needed, such as com.example:*""".formatted(pattern));
    }

    @ParameterizedTest
    @MethodSource
    void refusesAnExpressionThatIsLeftOver(String property, Consumer<PushMojo> setter) {
        setter.accept(raw);

        assertThatThrownBy(parameters::check)
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith(property + " holds an expression that Maven could not resolve");
    }

    static Stream<Arguments> refusesAnExpressionThatIsLeftOver() {
        String left = "a${left}";
        return Stream.of(
                setter("ecr.registry", raw -> raw.registry = left),
                setter("ecr.region", raw -> raw.region = left),
                setter("ecr.name", raw -> raw.name = left),
                setter("ecr.sha", raw -> raw.sha = left),
                setter("ecr.version", raw -> raw.version = left),
                setter("ecr.dirty", raw -> raw.dirty = left),
                setter("ecr.onExistingSha", raw -> raw.onExistingSha = left),
                setter("ecr.movingVersions", raw -> raw.movingVersions = List.of(left)),
                setter("ecr.undo", raw -> raw.undo = left),
                setter("ecr.onSuperseded", raw -> raw.onSuperseded = left),
                setter("ecr.publishAt", raw -> raw.publishAt = left),
                setter("ecr.from", raw -> raw.from = FromElement.of(left)),
                setter("ecr.kind", raw -> raw.kind = left),
                setter("ecr.containerizingMode", raw -> raw.containerizingMode = left),
                setter("ecr.jar", raw -> raw.jar = new File(left)),
                setter("ecr.nativeExecutable", raw -> raw.nativeExecutable = new File(left)),
                setter("ecr.platform", raw -> raw.platform = left),
                setter("ecr.mainClass", raw -> raw.mainClass = left),
                setter("ecr.jvmFlags", raw -> raw.jvmFlags = List.of(left)),
                setter("ecr.labels", raw -> raw.labels = Map.of("a", left)),
                setter("ecr.labels", raw -> raw.labelList = List.of(left)),
                setter("ecr.ports", raw -> raw.ports = List.of(left)),
                setter("ecr.user", raw -> raw.user = left),
                setter("ecr.workingDirectory", raw -> raw.workingDirectory = left),
                setter("ecr.appRoot", raw -> raw.appRoot = left),
                setter("ecr.extraClasspath", raw -> raw.extraClasspath = List.of(left)),
                setter("ecr.volumes", raw -> raw.volumes = List.of(left)),
                setter("ecr.created", raw -> raw.created = left),
                setter("ecr.sharedDependencies", raw -> raw.sharedDependencies = List.of(left)),
                setter("ecr.cacheDirectory", raw -> raw.cacheDirectory = new File(left)));
    }

    private static Arguments setter(String property, Consumer<PushMojo> setter) {
        return Arguments.of(property, setter);
    }

    @Test
    void leavesExpressionsOfTheProgramAlone() throws DeliveryException {
        raw.args = List.of("--greeting=${NAME}");
        raw.entrypoint = List.of("sh", "-c", "exec java App ${JAVA_ARGS}");
        raw.environment = Map.of("A", "${B}");

        parameters.check();

        assertThat(container.settings().args()).containsExactly("--greeting=${NAME}");
    }

    @Test
    void takesACommandInAFlagForOneFlag() throws DeliveryException {
        raw.jvmFlags = List.of("-XX:OnOutOfMemoryError=kill -9 %p");

        assertThat(container.settings().jvmFlags()).isEqualTo(raw.jvmFlags);
    }

    @Test
    void takesTheScriptOfAShellForOneArgument() throws DeliveryException {
        raw.entrypoint = List.of("/bin/sh");
        raw.args = List.of("-c", "exec java -Dfile.encoding=UTF-8 -jar /app/app.jar");

        assertThat(container.settings().args()).isEqualTo(raw.args);
    }

    @Test
    void refusesTwoFlagsInOneElement() {
        raw.jvmFlags = List.of("-Xmx1g -Xss512k");

        assertThatThrownBy(container::settings)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("ecr.jvmFlags is \"-Xmx1g -Xss512k\"")
                .hasMessageContaining("separated by commas or in nested elements");
    }
}
