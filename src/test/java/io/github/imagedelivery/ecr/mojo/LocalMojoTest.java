package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.LocalEcr;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMojoTest {
    @TempDir
    Path directory;

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final LocalMojo mojo = new LocalMojo();

    @BeforeEach
    void configure() {
        mojo.port = 0;
        mojo.storage = directory.resolve("registry").toFile();
        mojo.account = "000000000000";
        mojo.region = "us-east-1";
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                log.add(line.toString());
            }
        });
    }

    @Test
    void servesUntilItIsInterruptedAndSaysHowToGetThere() throws Exception {
        Thread goal = new Thread(() -> {
            try {
                mojo.execute();
            } catch (Exception e) {
                log.add(e.toString());
            }
        });
        goal.start();
        try {
            List<String> lines = linesUntilThePassword();
            String endpoint = lines.get(0).replaceFirst("Embedded ECR on (\\S+),.*", "$1");
            assertThat(lines).contains("  export AWS_ENDPOINT_URL_ECR='" + endpoint + "'");
            assertThat(lines)
                    .filteredOn(line -> !line.equals(lines.get(lines.size() - 1)))
                    .allMatch(l -> l.length() < 140);
            assertThat(Path.of("src/site/markdown/embedded-ecr.md"))
                    .content()
                    .contains(String.join("\n", asOnItsPage(lines, endpoint)));
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(endpoint + "/v2/"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        } finally {
            goal.interrupt();
            goal.join(10_000);
        }
        assertThat(goal.isAlive()).isFalse();
    }

    /** Returns what was printed with the port, the directory and the words left out that the page uses. */
    private List<String> asOnItsPage(List<String> lines, String endpoint) {
        List<String> shown = new ArrayList<>();
        for (String line : lines) {
            String ofThePage = line.replace(URI.create(endpoint).getAuthority(), "127.0.0.1:5050")
                    .replace(directory.resolve("registry").toString(), "/tmp/ecr")
                    .replaceFirst("(_TOKEN=')[^']+", "$1...");
            shown.add(shown.size() == lines.size() - 1 ? "  ..." : ofThePage);
        }
        return shown;
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            mojo.port = taken.getLocalPort();

            assertThatThrownBy(mojo::execute)
                    .isInstanceOf(MojoFailureException.class)
                    .hasMessageContaining("cannot be started on port " + taken.getLocalPort())
                    .hasMessageContaining("to fix: choose a free port with -Decr.local.port");
        }
    }

    @Test
    void saysWhatToDoWhenAnotherOneIsUsingTheDirectory() throws Exception {
        try (LocalEcr other =
                LocalEcr.builder().storage(directory.resolve("registry")).start()) {
            assertThat(other.repositories()).isEmpty();
            assertThatThrownBy(mojo::execute)
                    .isInstanceOf(MojoFailureException.class)
                    .hasMessageContaining("to fix: stop it, or push to it with the variables that it prints");
        }
    }

    @Test
    void keepsImagesBelowTheBuildDirectory() {
        mojo.storage = null;
        mojo.project = TestSession.module(directory, "orders");

        assertThat(mojo.directory()).isEqualTo(directory.resolve("orders/target/ecr/registry"));
    }

    @Test
    void keepsImagesBelowTheDirectoryThatItIsStartedInWhereThereIsNoPom() {
        mojo.storage = null;
        mojo.project = new MavenProject();
        mojo.session = TestSession.of(directory, mojo.project);

        assertThat(mojo.directory()).isEqualTo(directory.resolve("target/ecr/registry"));
    }

    private List<String> linesUntilThePassword() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = log.poll(30, TimeUnit.SECONDS);
            assertThat(line).as("the next line of the log").isNotNull();
            lines.add(line);
        } while (!lines.get(Math.max(0, lines.size() - 2)).contains("get-login-password"));
        return lines;
    }
}
