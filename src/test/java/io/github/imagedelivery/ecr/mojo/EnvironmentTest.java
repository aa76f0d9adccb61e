package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private final MavenSession session = TestSession.of(Path.of("."));

    @Test
    void isThatOfWhoRunsTheBuild() {
        Properties properties = new Properties();
        properties.setProperty("env.GITHUB_SHA", "0123");
        properties.setProperty("os.name", "any");
        session.getRequest().setSystemProperties(properties);

        assertThat(Environment.of(session)).isEqualTo(Map.of("GITHUB_SHA", "0123"));
    }

    @Test
    void isThatOfTheProcessWhereMavenWasGivenNone() {
        session.getRequest().setSystemProperties(new Properties());

        assertThat(Environment.of(session)).isEqualTo(System.getenv());
    }
}
