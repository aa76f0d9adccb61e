package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
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
    private static final RepositoryName ORDERS = new RepositoryName("orders");
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

    private static Ecr open(SessionEcr opened) throws Exception {
        return opened.open(Optional.empty(), Optional.empty(), Exchange.Listener.NONE);
    }

    private long asked() {
        return clients.server.requests().stream()
                .filter(request -> request.kind().equals(OPERATION))
                .count();
    }

    @Test
    void saysOnceInASessionWhoseTheCredentialsAre() throws Exception {
        open(ecr).login();
        open(ecr).login();
        open(sessionEcr(LONG)).login();

        assertThat(asked()).isEqualTo(1);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("AWS: credentials from ");
        assertThat(lines.get(1)).matches("AWS: arn:aws:[^ ]+ by these credentials");
    }

    @Test
    void asksNothingWhereAllIsAsItShouldBe() throws Exception {
        clients.server.createRepository("orders");

        open(ecr).images(ORDERS, List.of(new Tag("1.2.0")));

        assertThat(asked()).isZero();
        assertThat(lines).singleElement().asString().startsWith("AWS: credentials from ");
    }

    @Test
    void saysWhoeverWasRefused() throws Exception {
        assertThatThrownBy(() -> open(ecr).describe(ORDERS)).isInstanceOf(AwsException.class);

        assertThat(asked()).isEqualTo(1);
        assertThat(lines.get(1)).matches("AWS: arn:aws:[^ ]+ by these credentials");
    }

    @Test
    void asksNotAgainWhatTheCheckHasTold() throws Exception {
        ecr.caller(Optional.empty(), Optional.empty(), Exchange.Listener.NONE);

        open(ecr).login();

        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void saysOnlyWhereTheCredentialsAreFromWhereStsRefuses() throws Exception {
        clients.server.faults().inject(Occasion.of(OPERATION), Behaviour.answer(503, "ServiceUnavailable", "busy"));

        open(ecr).login();

        assertThat(asked()).isEqualTo(1);
        assertThat(lines).singleElement().asString().startsWith("AWS: credentials from ");
    }

    @Test
    void doesNotWaitForAnStsThatIsSilent() throws Exception {
        Hold hold = Hold.before();
        clients.server.faults().inject(Occasion.of(OPERATION), hold);

        open(sessionEcr(Duration.ofMillis(1))).login();

        hold.awaitArrival();
        assertThat(lines).noneMatch(line -> line.contains("arn:"));
        hold.release();
    }

    @Test
    void leavesBasesThatARoleReadsToTheRole() throws Exception {
        open(clients.readBy(ecr)).login();

        assertThat(asked()).isZero();
    }
}
