package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Exchange;
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
    private EmbeddedClients clients;
    private SessionEcr ecr;

    @BeforeEach
    void start() throws Exception {
        clients = new EmbeddedClients(new LoginLog(log));
        ecr = sessionEcr(LONG);
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
    }

    private SessionEcr sessionEcr(Duration patience) {
        return clients.session(Optional.of(new CallerLog(session, new LoginLog(log), patience)));
    }

    private void open(SessionEcr opened) throws Exception {
        opened.open(Optional.empty(), Optional.empty(), Exchange.Listener.NONE);
    }

    private long asked() {
        return clients.server.requests().stream()
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
        clients.server.faults().inject(Occasion.of(OPERATION), Behaviour.answer(503, "ServiceUnavailable", "busy"));

        open(ecr);

        assertThat(asked()).isEqualTo(1);
        assertThat(lines).singleElement().asString().startsWith("AWS: credentials from ");
    }

    @Test
    void doesNotWaitForAnStsThatIsSilent() throws Exception {
        Hold hold = Hold.before();
        clients.server.faults().inject(Occasion.of(OPERATION), hold);

        open(sessionEcr(Duration.ofMillis(1)));

        hold.awaitArrival();
        assertThat(lines).noneMatch(line -> line.contains("arn:"));
        hold.release();
    }

    @Test
    void leavesBasesThatARoleReadsToTheRole() throws Exception {
        open(clients.readBy(ecr));

        assertThat(asked()).isZero();
    }
}
