package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ecr:check} begins with for the push that comes after it. */
class CheckMojoTest {
    private static final String THREAD = "ecr-early";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path top;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private LocalEcr ecr;
    private MavenSession session;

    @BeforeEach
    void open() throws Exception {
        ecr = LocalEcr.builder().blobMounting(false).start();
        String base = ecr.registryHost() + "/base/jre@" + TinyBase.seed(ecr, "base/jre", "17");
        ecr.createRepository("orders");
        MavenProject orders = TestSession.module(top, "orders");
        Files.createDirectories(orders.getBasedir().toPath());
        TestPlugin.bind(orders, "push", "");
        session = TestSession.of(top, orders);
        session.setCurrentProject(orders);
        session.getRequest().setGoals(List.of("deploy"));
        session.getRequest().setExecutionListener(new RecordingListener(new ArrayList<>()));
        Map<String, String> variables = ecr.environment();
        Properties properties = session.getRequest().getUserProperties();
        properties.putAll(Map.of(
                "aws.endpointUrlEcr", ecr.endpoint().toString(),
                "aws.endpointUrlSts", ecr.endpoint().toString(),
                "aws.accessKeyId", variables.getOrDefault("AWS_ACCESS_KEY_ID", ""),
                "aws.secretAccessKey", variables.getOrDefault("AWS_SECRET_ACCESS_KEY", ""),
                "aws.region", variables.getOrDefault("AWS_REGION", "")));
        properties.putAll(Map.of(
                "ecr.from", base,
                "ecr.sha", "0123456789abcdef0123456789abcdef01234567",
                "ecr.mainClass", "App",
                "ecr.check.probes", "false",
                "ecr.cacheDirectory", top.resolve("cache").toString()));
    }

    @AfterEach
    void close() throws Exception {
        RecordingListener.end(session);
        assertThatThreadsEnd();
        ecr.close();
    }

    private void check() throws Exception {
        AbstractMojo goal = TestPlugin.goal("check", session);
        goal.setLog(new RecordingMavenLog(log));
        goal.execute();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD))
                .toList();
    }

    /** An executor has terminated a moment before its threads have. */
    private static void assertThatThreadsEnd() throws InterruptedException {
        for (Thread thread : threads()) {
            thread.join(PATIENCE.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private List<String> requests() {
        return ecr.requests().stream().map(RecordedRequest::shortKind).toList();
    }

    private long uploads() {
        return requests().stream()
                .filter(kind -> kind.startsWith("PUT /v2/orders/"))
                .count();
    }

    @Test
    void bringsTheBaseIntoTheRepositoryOfAPushThatIsToCome() throws Exception {
        check();

        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (uploads() < 2 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(uploads()).isEqualTo(2);
        assertThat(ecr.images("orders")).isEmpty();
        RecordingListener.end(session);
        assertThatThreadsEnd();
        assertThat(log.get(log.size() - 1)).as("the last line that is seen").contains(" checks in ");
    }

    @ParameterizedTest
    @CsvSource({"ecr.prefetch,false", "ecr.dryRun,true", "ecr.skip,true"})
    void beginsNothingWhereThatIsSaid(String property, String value) throws Exception {
        session.getRequest().getUserProperties().setProperty(property, value);

        check();

        assertThat(threads()).isEmpty();
        assertThat(requests()).doesNotContain("ecr:BatchCheckLayerAvailability");
    }

    @ParameterizedTest
    @CsvSource({"test", "ecr:check", "ecr:lock"})
    void beginsNothingInABuildThatPushesNothing(String goal) throws Exception {
        session.getRequest().setGoals(List.of(goal));

        check();

        assertThat(threads()).isEmpty();
    }

    @Test
    void beginsWhereThePushIsAskedForByName() throws Exception {
        session.getRequest().setGoals(List.of("ecr:check", "ecr:push"));

        check();

        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void beginsNothingOffline() throws Exception {
        check();
        RecordingListener.end(session);
        assertThatThreadsEnd();
        // The base is in the cache by now.
        session.getRequest().getData().clear();
        session.getRequest().setOffline(true);

        check();

        assertThat(threads()).isEmpty();
    }

    @Test
    void endsWithTheSessionWhateverIsOnItsWay() throws Exception {
        Hold hold = Hold.before();
        ecr.faults().inject(Occasion.matching(kind -> kind.startsWith("PUT /v2/orders/")), hold);
        check();
        hold.awaitArrival();

        RecordingListener.end(session);

        assertThatThreadsEnd();
        hold.release();
        assertThat(ecr.tags("orders")).isEmpty();
    }
}
