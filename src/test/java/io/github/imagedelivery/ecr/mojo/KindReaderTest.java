package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.LayeredJar;
import io.github.imagedelivery.ecr.image.NativeExecutable;
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

        assertThat(((RunnableJar) read().application()).jar()).isEqualTo(jar);
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

    @Test
    void takesTheExecutableOfTheNativePlugin() throws Exception {
        plugin("org.graalvm.buildtools", "native-maven-plugin", "compile-no-fork");
        Path program = Files.writeString(target.resolve("orders"), "");

        ModuleApplication read = read();

        assertThat(((NativeExecutable) read.application()).file()).isEqualTo(program);
        assertThat(read.base()).hasValue("public.ecr.aws/docker/library/debian:13-slim");
    }

    @Test
    void packsTheOriginalJarWhereThatIsAsked() throws Exception {
        goal.mainClass = "App";
        goal.containerizingMode = "packaged";
        archive("orders-1.4.0.jar", "org/springframework/boot/loader/launch/JarLauncher.class");
        Path original = archive("orders-1.4.0.jar.original", "App.class");

        assertThat(((JavaApplication) read().application()).classes()).isEqualTo(original);
    }

    @ParameterizedTest
    @ValueSource(strings = {"war", "native"})
    void refusesFlagsForAJvmThatIsNotStartedHere(String kind) {
        goal.kind = kind;
        goal.jvmFlags = List.of("-Xmx1g");

        assertThatThrownBy(this::read)
                .hasMessageStartingWith("ecr.jvmFlags has no use in an image of this kind; nothing was built or sent\n"
                        + "  cause: ecr.kind is " + kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"war", "layered", "jar", "quarkus", "native"})
    void refusesToPackageWhatIsNoClassPath(String kind) {
        goal.kind = kind;
        goal.containerizingMode = "packaged";

        assertThatThrownBy(this::read).hasMessageStartingWith("ecr.containerizingMode has no use");
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
