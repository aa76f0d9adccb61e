package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.Scm;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushMojoTest {
    @TempDir
    Path top;

    private final List<String> log = new ArrayList<>();
    private final PushMojo mojo = new PushMojo();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // there is no Maven that would inject anything
    void configure() {
        mojo.project = TestSession.module(top, "orders");
        mojo.session = TestSession.of(top, mojo.project, TestSession.module(top, "billing"));
        mojo.models = new DefaultModelReader();
        mojo.reportDirectory = top.resolve("orders/target/ecr").toFile();
        mojo.execution = new MojoExecution(plugin(), "push", "default");
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                log.add(line.toString());
            }

            @Override
            public void warn(CharSequence line) {
                log.add("warning: " + line);
            }
        });
    }

    private static Plugin plugin() {
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.imagedelivery");
        plugin.setArtifactId("ecr-maven-plugin");
        return plugin;
    }

    private void declareInTheModule() {
        mojo.project.getOriginalModel().getBuild().addPlugin(plugin());
    }

    @Test
    void skipsWhatAnApplicationServerRuns() throws Exception {
        mojo.project.setPackaging("ear");

        mojo.execute();

        assertThat(log)
                .containsExactly("orders: no image, since its packaging is ear, which an application server runs");
    }

    @Test
    void refusesWhatAnApplicationServerRunsWhereTheGoalIsMeantForIt() {
        mojo.project.setPackaging("ear");
        declareInTheModule();

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("""
                There is no image of packaging ear; nothing was sent
                  cause: the packaging of orders is ear, which an application server runs
                  to fix: make images of its web modules (packaging war) instead, or set ecr.skip""");
    }

    @Test
    void removesWhatAnEarlierBuildHasLeftEvenWhenItIsSkipped() throws Exception {
        Path reports = earlierResults();
        mojo.skip = true;

        mojo.execute();

        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void removesWhatAnEarlierBuildHasLeftEvenWhenAParameterIsWrong() throws Exception {
        Path reports = earlierResults();
        application();
        mojo.platform = "arm64";

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("ecr.platform is \"arm64\"");
        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void refusesToPackASecret() throws Exception {
        application();
        resource(".env");
        mojo.environment = Map.of("DB_PASSWORD", "hunter2");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("""
                What looks like a secret would be in the image; nothing was built or sent
                  cause: the file /app/resources/.env (a file of that name holds logins or keys); \
                the variable DB_PASSWORD (a value of that name is a secret)
                  to fix: hand it to the container when it starts and take it out of the image, \
                or name it in ecr.allowedSecrets if everybody may read it who pulls the image""");
    }

    @Test
    void packsWhatIsAllowedAndWarnsOfWhatCannotBeLookedInto() throws Exception {
        application();
        resource("certs.p12");
        resource(".env");
        mojo.allowedSecrets = List.of("*/.e*");
        mojo.session.getRequest().setOffline(true);

        assertThatThrownBy(mojo::execute).hasMessageStartingWith("Maven is offline");
        assertThat(log)
                .containsExactly("warning: orders: what may be a secret is packed into the image: the file"
                        + " /app/resources/certs.p12"
                        + " (a store that may hold keys); ecr.allowedSecrets says that it is none");
    }

    @Test
    void refusesALinkOutOfTheClassesBeforeAnythingIsSent() throws Exception {
        application();
        Files.createSymbolicLink(classes().resolve("leak"), top);

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("The classes directory cannot be packed; nothing was built or sent")
                .hasMessageContaining("leak is a link that leads out of the directory");
    }

    @Test
    void keepsWhatThisSessionIsStillToPublish() throws Exception {
        Path reports = earlierResults();
        ReactorBarrier.arrive(
                mojo.session,
                new ReactorBarrier.Arrival(
                        ReactorBarrier.key(mojo.project),
                        new ReactorBarrier.Image("orders@sha256:1", List.of()),
                        reports,
                        "1"),
                new ReactorBarrier.Ending() {
                    @Override
                    public void publish(List<Path> staged) {}

                    @Override
                    public void abandon(List<Path> staged) {}
                });
        mojo.skip = true;

        mojo.execute();

        assertThat(reports.resolve("staged.json")).exists();
    }

    @Test
    void letsNoUncheckedExceptionEscape() {
        mojo.project.getBuild().setOutputDirectory("a\0b");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("  cause: java.nio.file.InvalidPathException")
                .hasMessageContaining("  to fix: ");
    }

    @Test
    void takesTheSourceFromTheModulesOwnPomWithoutCredentials() {
        mojo.project.getOriginalModel().setScm(scm("https://user:secret@git.example.com/shop/orders.git"));

        assertThat(new Descriptions(mojo.project).source()).hasValue("https://git.example.com/shop/orders");
    }

    @Test
    void doesNotTakeTheSourceThatMavenHasMadeOfAParents() {
        mojo.project.setScm(scm("https://git.example.com/platform/orders"));

        assertThat(new Descriptions(mojo.project).source()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${scm.url}", "see the wiki", "https://user:secret@@git.example.com/x?token=1"})
    void dropsASourceThatIsNoUrl(String url) {
        mojo.project.getOriginalModel().setScm(scm(url));

        assertThat(new Descriptions(mojo.project).source()).isEmpty();
    }

    @Test
    void plansInADryRunAndLeavesNothingToPublish() throws Exception {
        Path reports = earlierResults();
        application();
        dryRun();

        mojo.execute();

        assertThat(reports).isDirectoryContaining("glob:**/plan.json").isDirectoryNotContaining("glob:**/staged.json");
        assertThat(reports.resolve("digest")).doesNotExist();
        assertThat(mojo.project.getProperties()).doesNotContainKeys("ecr.imageReference", "ecr.digest");
        assertThat(ReactorBarrier.isWaiting(mojo.session, ReactorBarrier.key(mojo.project)))
                .isFalse();
        assertThat(log)
                .contains("orders:   repository is missing: created by the embedded ECR")
                .contains("orders:   tag 1.4.0: would be created")
                .anyMatch(line -> line.matches("orders:   classes +sha256:[0-9a-f]{64} .*  would be uploaded"))
                .last()
                .isEqualTo("orders: nothing was sent, created or tagged; the plan is " + reports.resolve("plan.json"));
    }

    @Test
    void refusesInADryRunTwoImagesOfOneName() throws Exception {
        application();
        dryRun();
        ReactorBarrier.foresee(
                mojo.session,
                new ReactorBarrier.Arrival(
                        "com.example:billing",
                        new ReactorBarrier.Image("other@sha256:1", List.of(registryUri() + ":1.4.0")),
                        top,
                        mojo.execution.getMojoDescriptor().getPluginDescriptor().getVersion()));

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("1.4.0 were staged in one build; nothing was tagged");
    }

    private String registryUri() throws Exception {
        return SharedEcr.of(mojo.session).endpoint().getAuthority() + "/orders";
    }

    private void dryRun() throws Exception {
        mojo.execution = TestPlugin.running();
        mojo.registry = "local";
        mojo.from = FromElement.of("scratch");
        mojo.sha = "0123456789abcdef0123456789abcdef01234567";
        mojo.version = "1.4.0";
        mojo.dryRun = true;
    }

    private static Scm scm(String url) {
        Scm scm = new Scm();
        scm.setUrl(url);
        return scm;
    }

    private Path earlierResults() throws IOException {
        Path reports = Files.createDirectories(mojo.reportDirectory.toPath());
        for (String name : new String[] {"digest", "image-id", "push.json", "staged.json"}) {
            Files.writeString(reports.resolve(name), "of an earlier build");
        }
        return reports;
    }

    private void application() throws IOException {
        Files.write(
                Files.createDirectories(classes()).resolve("App.class"),
                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61});
        mojo.mainClass = "App";
    }

    private Path classes() {
        return Path.of(mojo.project.getBuild().getOutputDirectory());
    }

    private void resource(String name) throws IOException {
        Files.writeString(classes().resolve(name), "any");
    }
}
