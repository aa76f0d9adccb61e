package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallerLogTest {
    private static final String OPERATION = "sts:GetCallerIdentity";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> lines = new ArrayList<>();
    private final SystemStreamLog log = new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }
    };
    private final Map<String, Object> session = new HashMap<>();
    private LocalEcr server;
    private EcrClients clients;
    private SessionEcr ecr;

    @BeforeEach
    void start() throws Exception {
        server = LocalEcr.builder().start();
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.of(new AwsKeys("AKIALOCALECR00000000", "local", Optional.empty())),
                Optional.of(server.endpoint()));
        clients = EcrClients.create(settings.withListener(new LoginLog(log)), Clock.systemUTC());
        ecr = sessionEcr(LONG);
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
        server.close();
    }

    private SessionEcr sessionEcr(Duration patience) {
        CallerLog caller = new CallerLog(session, new LoginLog(log), patience);
        return new SessionEcr(clients, Optional.empty(), Optional.empty(), clients, Optional.of(caller));
    }

    private void open(SessionEcr opened) throws Exception {
        opened.open(Optional.empty(), Optional.empty(), Exchange.Listener.NONE);
    }

    private long asked() {
        return server.requests().stream()
                .filter(request -> request.kind().equals(OPERATION))
                .count();
    }

    @Test
    void saysOnceInASessionWhoseTheCredentialsAre() throws Exception {
        open(ecr);
        open(ecr);
        open(sessionEcr(LONG));

        assertThat(asked()).isEqualTo(1);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("AWS: credentials from ");
        assertThat(lines.get(1)).matches("AWS: arn:aws:[^ ]+ by these credentials");
    }

    @Test
    void asksNotAgainWhatTheCheckHasTold() throws Exception {
        ecr.caller(Optional.empty(), Optional.empty(), Exchange.Listener.NONE);

        open(ecr);

        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void saysOnlyWhereTheCredentialsAreFromWhereStsRefuses() throws Exception {
        server.faults().inject(Occasion.of(OPERATION), Behaviour.answer(503, "ServiceUnavailable", "busy"));

        open(ecr);

        assertThat(asked()).isEqualTo(1);
        assertThat(lines).singleElement().asString().startsWith("AWS: credentials from ");
    }

    @Test
    void doesNotWaitForAnStsThatIsSilent() throws Exception {
        Hold hold = Hold.before();
        server.faults().inject(Occasion.of(OPERATION), hold);

        open(sessionEcr(Duration.ofMillis(1)));

        hold.awaitArrival();
        assertThat(lines).noneMatch(line -> line.contains("arn:"));
        hold.release();
    }

    @Test
    void leavesBasesThatARoleReadsToTheRole() throws Exception {
        open(ecr.readBy(clients));

        assertThat(asked()).isZero();
    }
}
