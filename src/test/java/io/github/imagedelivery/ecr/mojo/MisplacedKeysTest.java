package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.settings.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisplacedKeysTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";
    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();
    private MavenSession session;

    private final Log log = new SystemStreamLog() {
        @Override
        public void warn(CharSequence line) {
            warnings.add(line.toString());
        }
    };

    @BeforeEach
    void open() {
        session = TestSession.of(directory);
    }

    private void server(String id, String user) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword("{damaged-canary}");
        session.getSettings().addServer(server);
    }

    @Test
    void saysOnceInASessionThatEcrTakesNoKey() {
        server(ECR, KEY);

        MisplacedKeys.warn(session, new GoalLog(log));
        MisplacedKeys.warn(session, new GoalLog(log));

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("The <server> " + ECR + " of settings.xml is not used")
                .contains("AWS_ACCESS_KEY_ID")
                .doesNotContain(KEY, "canary");
    }

    @ParameterizedTest
    @CsvSource({ECR + ", AWS", ECR + ", ", "ghcr.io, " + KEY, ", " + KEY})
    void saysNothingOfOtherServers(String id, String user) {
        server(id, user);

        MisplacedKeys.warn(session, new GoalLog(log));

        assertThat(warnings).isEmpty();
    }
}
