package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.LayeredJar;
import io.github.imagedelivery.ecr.image.NativeExecutable;
import io.github.imagedelivery.ecr.image.OwnJar;
import io.github.imagedelivery.ecr.image.PackagedApplication;
import io.github.imagedelivery.ecr.image.QuarkusApplication;
import io.github.imagedelivery.ecr.image.RunnableJar;
import io.github.imagedelivery.ecr.image.WebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindReaderTest {
    @TempDir
    Path top;

    private final PushMojo goal = new PushMojo();
    private Path target;

    @BeforeEach
    void makeAModule() throws IOException {
        goal.project = TestSession.module(top, "orders");
        goal.project.getBuild().setFinalName("orders-1.4.0");
        goal.project.setArtifacts(Set.of());
        goal.session = TestSession.of(top, goal.project);
        target = Files.createDirectories(top.resolve("orders/target"));
        Path classes = Files.createDirectories(target.resolve("classes"));
        Files.write(
                classes.resolve("App.class"),
                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 65});
    }

    private ModuleApplication read() throws DeliveryException {
        return new KindReader(goal, new MavenDeliveryLog(new SystemStreamLog()))
                .read()
                .orElseThrow();
    }

    private Path archive(String name, String entry) throws IOException {
        Path file = target.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
        }
        return file;
    }

    private void plugin(String groupId, String artifactId, String goalName) {
        Plugin plugin = new Plugin();
        plugin.setGroupId(groupId);
        plugin.setArtifactId(artifactId);
        PluginExecution execution = new PluginExecution();
        execution.addGoal(goalName);
        plugin.addExecution(execution);
        goal.project.getBuild().addPlugin(plugin);
    }

    private static Path source(Application application) {
        return ((WebApplication) application).war();
    }

    @Test
    void takesAWarByItsPackaging() throws Exception {
        goal.project.setPackaging("war");
        Path war = archive("orders-1.4.0.war", "index.html");

        ModuleApplication read = read();

        assertThat(source(read.application())).isEqualTo(war);
        assertThat(read.javaRelease()).isEqualTo(21);
        assertThat(read.base()).hasValue("public.ecr.aws/docker/library/tomcat:10.1-jre21-temurin");
    }

    @Test
    void putsAWarOfServletsBeforeJakartaOnAnOlderTomcat() throws Exception {
        goal.project.setPackaging("war");
        archive("orders-1.4.0.war", "index.html");
        Dependency servlets = new Dependency();
        servlets.setGroupId("javax.servlet");
        goal.project.getDependencies().add(servlets);

        assertThat(read().base()).hasValue("public.ecr.aws/docker/library/tomcat:9.0-jre21-temurin");
    }

    @ParameterizedTest
    @CsvSource({
        ", /usr/local/tomcat/webapps/ROOT",
        "public.ecr.aws/docker/library/jetty:12, /var/lib/jetty/webapps/ROOT",
        "host:5000/base/jetty@sha256:00, /var/lib/jetty/webapps/ROOT",
        "host/jetty/tomcat:11, /usr/local/tomcat/webapps/ROOT"
    })
    void knowsWhereTheServerLooksByTheNameOfTheBase(@Nullable String from, String root) throws Exception {
        goal.project.setPackaging("war");
        goal.from = from == null ? null : FromElement.of(from);
        archive("orders-1.4.0.war", "index.html");

        assertThat(((WebApplication) read().application()).placement().root()).isEqualTo(root);
    }

    @Test
    void unpacksAWarWhereItIsTold() throws Exception {
        goal.project.setPackaging("war");
        goal.appRoot = "/srv/web/";
        archive("orders-1.4.0.war", "index.html");

        assertThat(((WebApplication) read().application()).placement().root()).isEqualTo("/srv/web");
    }

    @Test
    void takesTheWarFromBeforeSpringBootRepackagedIt() throws Exception {
        goal.project.setPackaging("war");
        archive("orders-1.4.0.war", "org/springframework/boot/loader/launch/WarLauncher.class");
        Path original = archive("orders-1.4.0.war.original", "index.html");

        assertThat(source(read().application())).isEqualTo(original);
    }

    @Test
    void refusesAnArchiveThatIsNotThere() {
        goal.project.setPackaging("war");

        assertThatThrownBy(this::read).hasMessage("""
                The module has not been packaged; nothing was built or sent
                  cause: %s is not there
                  to fix: run "mvn package ecr:push", or correct ecr.kind and the parameter that names the file""", target.resolve("orders-1.4.0.war"));
    }

    @Test
    void takesTheJarThatIsNamed() throws Exception {
        Path jar = archive("orders-all.jar", "a");
        goal.jar = jar.toFile();

        assertThat(((RunnableJar) read().application()).jar()).isEqualTo(new OwnJar(jar, "com.example"));
    }

    @Test
    void takesTheLayeredJarWhereThatIsAsked() throws Exception {
        goal.kind = "layered";
        Path jar = archive("orders-1.4.0.jar", "org/springframework/boot/loader/launch/JarLauncher.class");

        assertThat(((LayeredJar) read().application()).jar()).isEqualTo(jar);
    }

    @Test
    void takesTheLayoutOfQuarkusWhereItsPluginHasLeftIt() throws Exception {
        plugin("io.quarkus.platform", "quarkus-maven-plugin", "build");
        Path layout = Files.createDirectories(target.resolve("quarkus-app"));
        Files.writeString(layout.resolve("quarkus-run.jar"), "");

        QuarkusApplication application = (QuarkusApplication) read().application();

        assertThat(application.directory()).isEqualTo(layout);
        assertThat(application.placement().root()).isEqualTo("/deployments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.quarkus", "io.quarkus.platform", "com.redhat.quarkus.platform"})
    void takesTheExecutableOfQuarkus(String group) throws Exception {
        plugin(group, "quarkus-maven-plugin", "build");
        Path runner = Files.writeString(target.resolve("orders-1.4.0-runner"), "");
        Files.createDirectories(target.resolve("orders-1.4.0-native-image-source-jar"));

        ModuleApplication read = read();

        assertThat(((NativeExecutable) read.application()).file()).isEqualTo(runner);
        assertThat(read.base()).hasValue("public.ecr.aws/docker/library/debian:13-slim");
    }

    @Test
    void takesTheJarOfQuarkusThatHoldsAll() throws Exception {
        plugin("io.quarkus.platform", "quarkus-maven-plugin", "build");
        Path runner = archive("orders-1.4.0-runner.jar", "a");
        archive("orders-1.4.0.jar", "a");

        assertThat(((RunnableJar) read().application()).jar()).isEqualTo(new OwnJar(runner, "com.example"));
    }

    @Test
    void refusesToChooseAmongSeveralApplicationsOfQuarkus() throws Exception {
        plugin("io.quarkus.platform", "quarkus-maven-plugin", "build");
        archive("orders-1.4.0-runner.jar", "a");
        Files.writeString(target.resolve("orders-1.4.0-runner"), "");
        Files.writeString(Files.createDirectories(target.resolve("quarkus-app")).resolve("quarkus-run.jar"), "");

        assertThatThrownBy(this::read).hasMessage("""
                Quarkus has left several applications; nothing was built or sent
                  cause: in %s there are orders-1.4.0-runner, orders-1.4.0-runner.jar, quarkus-app/quarkus-run.jar
                  to fix: build with "mvn clean", or say which is meant: ecr.kind=quarkus, ecr.jar or ecr.nativeExecutable""".formatted(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jar", "native", "quarkus"})
    void takesTheOneOfSeveralApplicationsOfQuarkusThatIsAskedFor(String kind) throws Exception {
        plugin("io.quarkus.platform", "quarkus-maven-plugin", "build");
        archive("orders-1.4.0-runner.jar", "a");
        Files.writeString(target.resolve("orders-1.4.0-runner"), "");
        Files.writeString(Files.createDirectories(target.resolve("quarkus-app")).resolve("quarkus-run.jar"), "");
        goal.kind = kind;

        assertThat(read().application())
                .isInstanceOf(
                        switch (kind) {
                            case "jar" -> RunnableJar.class;
                            case "native" -> NativeExecutable.class;
                            default -> QuarkusApplication.class;
                        });
    }

    @Test
    void takesFilesOfSuchNamesForNoApplicationWhereQuarkusDoesNotRun() throws Exception {
        goal.mainClass = "App";
        archive("orders-1.4.0-runner.jar", "a");

        assertThat(read().application()).isInstanceOf(JavaApplication.class);
    }

    @Test
    void looksAtNothingThatAnEarlierBuildHasLeftBeforeTheBuild() throws Exception {
        plugin("io.quarkus.platform", "quarkus-maven-plugin", "build");
        archive("orders-1.4.0-runner.jar", "a");
        Files.writeString(target.resolve("orders-1.4.0-runner"), "");

        assertThat(Kind.foreseen(goal)).isEqualTo(Kind.JAVA);
        assertThat(Kind.isCertain(goal)).isTrue();
    }

    /** What {@code mvn package} of Micronaut leaves, of packaging {@code jar} (a shaded jar) and {@code docker}. */
    @ParameterizedTest
    @CsvSource({"jar, io.micronaut.maven", "docker, io.micronaut.maven", "jar, io.micronaut.build"})
    void takesTheClassesOfMicronaut(String packaging, String group) throws Exception {
        plugin(group, "micronaut-maven-plugin", "run");
        goal.project.setPackaging(packaging);
        goal.project.getProperties().setProperty("exec.mainClass", "App");
        archive("orders-1.4.0.jar", "io/micronaut/runtime/Micronaut.class");
        Files.createDirectories(target.resolve("dependency"));

        JavaApplication application = (JavaApplication) read().application();

        assertThat(application.classes()).isEqualTo(target.resolve("classes"));
        assertThat(application.mainClass()).isEqualTo("App");
    }

    @Test
    void takesTheExecutableOfMicronaut() throws Exception {
        plugin("io.micronaut.maven", "micronaut-maven-plugin", "run");
        plugin("org.graalvm.buildtools", "native-maven-plugin", "compile-no-fork");
        goal.project.setPackaging("native-image");
        Path program = Files.writeString(target.resolve("orders"), "");

        assertThat(((NativeExecutable) read().application()).file()).isEqualTo(program);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-native", "docker-crac"})
    void refusesWhatMicronautLeavesInsideOfDocker(String packaging) {
        plugin("io.micronaut.maven", "micronaut-maven-plugin", "run");
        plugin("org.graalvm.buildtools", "native-maven-plugin", "write-args-file");
        goal.project.setPackaging(packaging);

        assertThatThrownBy(new Parameters(goal)::check).hasMessage("""
                The application of packaging %s is in no file of the module; nothing was built or sent
                  cause: micronaut-maven-plugin makes it inside of Docker and leaves it there
                  to fix: build with -Dpackaging=native-image or jar, or take the classes with -Decr.kind=java""".formatted(packaging));
        assertThat(Kind.isCertain(goal)).isTrue();
    }

    @Test
    void takesTheClassesOfMicronautsOtherPackagingsWhereThatIsAsked() throws Exception {
        goal.project.setPackaging("docker-native");
        goal.kind = "java";
        goal.mainClass = "App";

        assertThat(read().application()).isInstanceOf(JavaApplication.class);
    }

    @Test
    void takesTheExecutableOfTheNativePlugin() throws Exception {
        plugin("org.graalvm.buildtools", "native-maven-plugin", "compile-no-fork");
        Path program = Files.writeString(target.resolve("orders"), "");
        goal.platform = "linux/arm64";

        ModuleApplication read = read();

        NativeExecutable executable = (NativeExecutable) read.application();
        assertThat(executable.file()).isEqualTo(program);
        assertThat(executable.platform()).hasToString("linux/arm64");
        assertThat(read.base()).hasValue("public.ecr.aws/docker/library/debian:13-slim");
    }

    @Test
    void packsTheOriginalJarWhereThatIsAsked() throws Exception {
        goal.mainClass = "App";
        goal.containerizingMode = "packaged";
        archive("orders-1.4.0.jar", "org/springframework/boot/loader/launch/JarLauncher.class");
        Path original = archive("orders-1.4.0.jar.original", "App.class");

        assertThat(((PackagedApplication) read().application()).jar().file()).isEqualTo(original);
    }

    @ParameterizedTest
    @ValueSource(strings = {"war", "layered", "jar", "quarkus", "native"})
    void refusesToPackageWhatIsNoClassPath(String kind) {
        goal.kind = kind;
        goal.containerizingMode = "packaged";

        assertThatThrownBy(new Parameters(goal)::check)
                .hasMessageStartingWith("ecr.containerizingMode has no use in an image of this kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"war", "jar", "quarkus", "native"})
    void refusesAClassPathWhereTheKindHasItsOwn(String kind) {
        goal.kind = kind;
        goal.extraClasspath = List.of("/opt/agent");

        assertThatThrownBy(new Parameters(goal)::check)
                .hasMessageStartingWith("ecr.extraClasspath has no use in an image of this kind");
    }

    @ParameterizedTest
    @CsvSource({"8, 9.0-jre8", "11, 10.1-jre11", "17, 10.1-jre17", "18, 10.1-jre21", "22, 10.1-jre25", "25, 10.1-jre25"
    })
    void takesATomcatOnAJavaThatThereAreImagesOf(int release, String tag) throws Exception {
        assertThat(DefaultBase.of(Kind.WAR, goal.project, release))
                .hasValue("public.ecr.aws/docker/library/tomcat:" + tag + "-temurin");
    }

    @Test
    void refusesAKindThatIsNone() {
        goal.kind = "ear";

        assertThatThrownBy(this::read).hasMessageContaining("ecr.kind is \"ear\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"war", "layered", "jar", "quarkus", "native"})
    void tellsTheCheckThatSuchAModuleMakesAnImage(String kind) {
        goal.kind = kind;

        assertThat(Kind.isCertain(goal)).isTrue();
    }

    @Test
    void leavesItToTheSourcesWhetherAnyOtherModuleMakesOne() {
        assertThat(Kind.isCertain(goal)).isFalse();
    }

    @Test
    void tellsTheCheckThatAWarMakesAnImage() {
        goal.project.setPackaging("war");

        assertThat(Kind.isCertain(goal)).isTrue();
        assertThat(new Target(goal.project, "push", true, goal, List.of()).isSkipped())
                .isFalse();
    }
}
