package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftBehindTest {
    private static final String STAGED = """
            {"schema": 1, "module": "orders",
             "coordinates": {
               "registry": {"value": "", "source": "test"},
               "repository": {"value": "orders", "source": "test"},
               "sha": {"value": "0123456789abcdef0123456789abcdef01234567", "source": "test"},
               "version": {"value": "1.4.0", "source": "test"}},
             "description": {"uri": "host/orders", "mutability": "IMMUTABLE"},
             "image": {
               "mediaType": "application/vnd.oci.image.manifest.v1+json",
               "content": "{\\"schemaVersion\\":2,\\"config\\":{\\"mediaType\\":\\"application/vnd.oci.image.config.v1+json\\",\\"size\\":2,\\"digest\\":\\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\\"},\\"layers\\":[]}"}}
            """;

    @TempDir
    Path top;

    private final List<String> log = new ArrayList<>();
    private MavenProject orders;
    private MavenProject billing;
    private MavenSession session;

    @BeforeEach
    void resume() throws IOException {
        orders = TestSession.module(top, "orders");
        billing = TestSession.module(top, "billing");
        session = TestSession.of(top, orders, billing);
        session.setProjects(List.of(billing));
        Path reports = Files.createDirectories(LeftBehind.reports(orders));
        Files.writeString(reports.resolve("staged.json"), STAGED);
    }

    private void end() {
        MavenDeliveryLog told = new MavenDeliveryLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence line) {
                log.add(line.toString());
            }
        });
        LeftBehind.tellAtTheEnd(session, told);
        LeftBehind.tellAtTheEnd(session, told);
        RecordingListener.end(session);
    }

    @Test
    void tellsOnceWhatAnEarlierBuildHasStaged() {
        end();

        assertThat(log).hasSize(3);
        assertThat(log.get(0)).isEqualTo("Staged by an earlier build, not published, and no part of this build:");
        assertThat(log.get(1))
                .matches(
                        "  orders: host/orders@sha256:[0-9a-f]{64} for 0123456789abcdef0123456789abcdef01234567 and 1.4.0");
        assertThat(log.get(2)).startsWith("  to fix: run mvn ecr:publish in the top directory");
    }

    @Test
    void leavesOutTheModulesOfThisBuild() {
        session.setProjects(List.of(orders, billing));

        end();

        assertThat(log).isEmpty();
    }

    @Test
    void saysNothingWhereTheBuildHasFailed() {
        session.getResult().addException(new MojoExecutionException("a later goal"));

        end();

        assertThat(log).isEmpty();
    }
}
