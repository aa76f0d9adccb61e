package io.github.imagedelivery.ecr.mojo;

import static io.github.imagedelivery.ecr.mojo.TestPlugin.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.LockFile;
import io.github.imagedelivery.ecr.delivery.LockedBase;
import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockMojoTest {
    @TempDir
    Path top;

    private final List<String> log = new ArrayList<>();
    private LocalEcr ecr;
    private MavenProject root;
    private MavenProject orders;
    private MavenProject billing;
    private Digest jre;
    private Digest tools;

    @BeforeEach
    void start() throws Exception {
        ecr = LocalEcr.builder().start();
        jre = TinyBase.seed(ecr, "base/jre", "17");
        TinyBase.seed(ecr, "base/tools", "before");
        tools = move("base/tools");
        root = TestSession.module(top, "root");
        root.setFile(top.resolve("pom.xml").toFile());
        root.setPackaging("pom");
        orders = TestSession.module(top, "orders");
        billing = TestSession.module(top, "billing");
        bind(orders, "push", from("base/jre"));
        bind(billing, "push", from("base/tools"));
    }

    @AfterEach
    void stop() throws Exception {
        ecr.close();
    }

    private String name(String repository) {
        return ecr.registryHost() + "/" + repository + ":17";
    }

    private String from(String repository) {
        return "<from>" + name(repository) + "</from>";
    }

    /** Points the tag at an image that differs from the base in an annotation, and returns its digest. */
    private Digest move(String repository) throws Exception {
        Manifest before = ecr.manifest(repository, jre).orElseThrow();
        Json json = before.json().with("annotations", Json.object().with("of", Json.of(repository)));
        Manifest moved = Manifest.parse(json.bytes(), before.mediaType());
        ecr.seed(repository, "17", moved, List.of());
        return moved.digest();
    }

    @SuppressWarnings("UnnecessaryAssignment") // stands in for Maven, which injects
    private LockMojo mojo(MavenSession session) throws Exception {
        ecr.environment()
                .forEach((name, value) ->
                        session.getRequest().getSystemProperties().setProperty("env." + name, value));
        Properties given = session.getRequest().getUserProperties();
        given.setProperty("aws.accessKeyId", "AKIALOCALECR00000000");
        given.setProperty("aws.secretAccessKey", "local");
        given.setProperty("ecr.cacheDirectory", top.resolve("cache").toString());
        session.getRequest().setGoals(List.of("ecr:lock"));
        LockMojo mojo = new LockMojo();
        mojo.session = session;
        mojo.execution = TestPlugin.running("lock");
        mojo.decrypter = new TestDecrypter();
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                log.add(line.toString());
            }
        });
        return mojo;
    }

    /** Locks as a build does that is started in the top directory. */
    private void lock(MavenProject... modules) throws Exception {
        mojo(TestSession.of(top, modules)).execute();
    }

    /** Locks as a build does in which {@code -pl} selects one module. */
    private void lockAlone(MavenProject selected) throws Exception {
        MavenSession session = TestSession.of(top, root, orders, billing);
        session.setProjects(List.of(root, selected));
        mojo(session).execute();
    }

    private Path file() {
        return top.resolve("ecr-lock.json");
    }

    private LockFile written() throws Exception {
        return LockFile.read(file()).orElseThrow();
    }

    private @Nullable Digest locked(String repository) throws Exception {
        LockedBase base = written().bases().get(name(repository));
        return base == null ? null : base.digest();
    }

    @Test
    void writesTheBasesOfAllModules() throws Exception {
        lock(root, orders, billing);

        assertThat(written().bases()).containsOnlyKeys(name("base/jre"), name("base/tools"));
        assertThat(locked("base/jre")).isEqualTo(jre);
        assertThat(locked("base/tools")).isEqualTo(tools);
        assertThat(log)
                .contains(
                        "orders: base " + name("base/jre") + " is " + jre,
                        name("base/tools") + ": new, " + tools,
                        file() + " written; commit it");
    }

    @Test
    void keepsTheEntriesOfModulesThatAreNotSelected() throws Exception {
        lock(root, orders, billing);
        Digest moved = move("base/jre");

        lockAlone(orders);

        assertThat(locked("base/jre")).isEqualTo(moved);
        assertThat(locked("base/tools")).isEqualTo(tools);
        assertThat(log).contains(name("base/jre") + ": " + jre + " -> " + moved);
    }

    @Test
    void keepsTheEntriesOfOtherModulesInTheDirectoryOfOne() throws Exception {
        lock(root, orders, billing);
        log.clear();

        lock(billing);

        assertThat(written().bases()).containsOnlyKeys(name("base/jre"), name("base/tools"));
        assertThat(log).last().isEqualTo(file() + " is up to date");
    }

    @Test
    void removesWhatNoModuleOfTheWholeBuildIsBuiltOn() throws Exception {
        lock(root, orders, billing);

        lock(root, orders);

        assertThat(written().bases()).containsOnlyKeys(name("base/jre"));
        assertThat(log).contains(name("base/tools") + ": removed, since no module is built on it");
    }

    @Test
    void saysInADryRunWhatAnUpdateWouldChangeAndWritesNothing() throws Exception {
        lock(root, orders, billing);
        String before = Files.readString(file());
        Digest moved = move("base/jre");
        LockMojo mojo = mojo(TestSession.of(top, root, orders, billing));
        mojo.dryRun = true;
        log.clear();

        mojo.execute();

        assertThat(file()).hasContent(before);
        assertThat(log)
                .contains(
                        name("base/jre") + ": " + jre + " -> " + moved,
                        name("base/jre") + ":   linux/amd64: " + jre + " -> " + moved,
                        file() + " is not written, as ecr.dryRun says")
                .noneMatch(line -> line.startsWith(name("base/tools") + ":"));
    }

    @Test
    void writesTheSameBytesAgainWhereNothingHasMoved() throws Exception {
        lock(root, orders, billing);
        String before = Files.readString(file());

        lock(root, orders, billing);

        assertThat(file()).hasContent(before);
        assertThat(log).last().isEqualTo(file() + " is up to date");
    }

    @Test
    void resolvesABaseThatModulesShareOnce() throws Exception {
        MavenProject payments = TestSession.module(top, "payments");
        bind(payments, "push", from("base/jre"));
        ecr.clearRequests();

        lock(root, orders, payments);

        assertThat(ecr.requests())
                .filteredOn(request -> request.kind().matches("GET /v2/base/jre/manifests/.*"))
                .hasSize(1);
    }

    @Test
    void refusesABaseThatIsNotThereAndLeavesTheFileAlone() throws Exception {
        lock(root, orders, billing);
        String before = Files.readString(file());
        move("base/jre");
        MavenProject payments = TestSession.module(top, "payments");
        bind(payments, "push", from("base/nothing"));

        assertThatThrownBy(() -> lock(root, orders, payments))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining(name("base/nothing"));
        assertThat(file()).hasContent(before);
    }

    @Test
    void refusesAModuleWhoseBaseIsNotKnownBeforeItIsCompiled() throws Exception {
        MavenProject payments = TestSession.module(top, "payments");
        bind(payments, "push", "<mainClass>com.example.Payments</mainClass>");

        assertThatThrownBy(() -> lock(root, orders, payments))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("""
                        The base image of payments is not known before it is compiled; nothing was written
                          cause: its POM has neither ecr.from nor the property maven.compiler.release, which the \
                        default follows
                          to fix: set one of them""");
        assertThat(file()).doesNotExist();
    }

    @Test
    void takesAModuleWithoutABaseAndAMainMethodForALibrary() throws Exception {
        MavenProject library = TestSession.module(top, "library");
        bind(library, "push", "");

        lock(root, orders, library);

        assertThat(log).contains("library: no base, since it is a library, as it seems");
        assertThat(written().bases()).containsOnlyKeys(name("base/jre"));
    }

    @Test
    void locksNothingForWhatIsPinnedOrSkipped() throws Exception {
        MavenProject pinned = TestSession.module(top, "pinned");
        bind(pinned, "push", "<from>" + ecr.registryHost() + "/base/jre@" + jre + "</from>");
        MavenProject skipped = TestSession.module(top, "skipped");
        bind(skipped, "push", "<skip>true</skip>" + from("base/nothing"));

        lock(root, billing, pinned, skipped);

        assertThat(log).contains("pinned: base " + ecr.registryHost() + "/base/jre@" + jre + " needs no lock");
        assertThat(written().bases()).containsOnlyKeys(name("base/tools"));
    }

    @Test
    void writesAFileForEachPlaceThatModulesName() throws Exception {
        MavenProject apart = TestSession.module(top, "apart");
        bind(apart, "push", from("base/tools") + "<lockFile>apart/bases.json</lockFile>");

        lock(root, orders, apart);

        assertThat(written().bases()).containsOnlyKeys(name("base/jre"));
        assertThat(LockFile.read(top.resolve("apart/bases.json")).orElseThrow().bases())
                .containsOnlyKeys(name("base/tools"));
    }

    @Test
    void refusesToWriteForNothing() throws IOException {
        assertThatThrownBy(() -> lock(root))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith(
                        "There is no base image to lock\n  cause: no module of this build makes an image");
        assertThat(file()).doesNotExist();
    }
}
