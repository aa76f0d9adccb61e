package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.stream.LongStream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {
    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    private static AwsException failure(String code, int status) {
        return new AwsException("m", code, status, null);
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, 400, true",
        "ThrottleException, 400, true",
        "Throttling, 400, true",
        "RequestLimitExceeded, 503, true",
        "NoAnswer, 429, true",
        "NoAnswer, 500, true",
        "NoAnswer, 502, true",
        "NoAnswer, 503, true",
        "NoAnswer, 504, true",
        "RequestTimeout, 400, true",
        "NoAnswer, 403, false",
        "NoAnswer, 501, false",
        "NoAnswer, 200, false",
        "NotSent, 0, false",
        "NoCredentials, 0, false",
        "AccessDeniedException, 400, false",
        "RepositoryNotFoundException, 400, false"
    })
    void areForWhatMayPass(String code, int status, boolean passing) {
        assertThat(Retries.mayPass(failure(code, status))).isEqualTo(passing);
    }

    @Test
    void areForABrokenConnectionUnlessTheNextWouldBreakToo() {
        IOException distrust = new SSLHandshakeException("PKIX path building failed");
        distrust.initCause(new CertificateException("unknown"));

        assertThat(Retries.mayPass(broken(new IOException("Connection reset")))).isTrue();
        assertThat(Retries.mayPass(broken(distrust))).isFalse();
        assertThat(Retries.mayPass(broken(new IOException("Unable to tunnel through proxy. Proxy returns \"407\""))))
                .isFalse();
    }

    private static AwsException broken(IOException cause) {
        return new AwsException("m", AwsException.NO_ANSWER, 0, cause);
    }

    @ParameterizedTest
    @CsvSource({
        "x,          500, 1,     0,    100",
        "x,          500, 3,   200,    400",
        "Throttling, 400, 1,   250,    500",
        "Throttling, 400, 3,  1000,   2000",
        "x,          500, 30, 10000, 20000"
    })
    void waitLongerAfterEachTryAndLongerStillWhenThrottled(
            String code, int status, int tries, long halfway, long longest) {
        long[] pauses = LongStream.generate(() -> Retries.pauseMillis(failure(code, status), tries))
                .limit(200)
                .sorted()
                .toArray();

        assertThat(pauses[0]).isBetween(0L, longest / 2);
        assertThat(pauses[pauses.length - 1]).isBetween(halfway + 1, longest);
    }

    @Test
    void pauseBetweenTriesAndNotAfterTheLast() {
        fixture.server.on("DescribeRepositories", new Reply(503, ""));

        assertThatThrownBy(() -> fixture.ecr.describe(EcrFixture.ORDERS)).isInstanceOf(AwsException.class);

        assertThat(fixture.server.requests()).hasSize(4);
        assertThat(fixture.pauses).hasSize(3);
    }

    @Test
    void areForAnAnswerThatBreaksOff() throws Exception {
        fixture.server.on(
                "DescribeRepositories",
                Reply.ok("{'repositories':[{'repositoryNa"),
                Reply.ok("{'repositories':[{'repositoryName':'shop/orders'}]}"));

        assertThat(fixture.ecr.describe(EcrFixture.ORDERS).name()).isEqualTo(EcrFixture.ORDERS);
        assertThat(fixture.server.requests()).hasSize(2);
    }

    @Test
    void areNotForAWrite() {
        fixture.server.on("PutImage", new Reply(503, ""));

        assertThatThrownBy(() -> fixture.ecr.putImage(EcrFixture.ORDERS, EcrFixture.manifest("one")))
                .isInstanceOf(AwsException.class);

        assertThat(fixture.server.requests()).hasSize(1);
        assertThat(fixture.pauses).isEmpty();
    }
}
