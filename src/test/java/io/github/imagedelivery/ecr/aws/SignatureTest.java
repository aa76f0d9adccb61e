package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.aws.ScriptedEcr.Request;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is signed is what arrives, worked out anew from the request by AWS's rules ("Signature Version 4"). */
class SignatureTest {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256"
                    + " Credential=AKIDEXAMPLE/((\\d{8})/(\\S+)/(\\S+)/aws4_request), SignedHeaders=(\\S+), Signature=(\\w{64})");
    private static final Reply DESCRIBED = Reply.ok("{'repositories':[{'repositoryName':'shop/orders'}]}");
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    private static String expected(Request request, Matcher authorization) throws Exception {
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        for (String name : authorization.group(5).split(";", -1)) {
            canonical
                    .append(name)
                    .append(':')
                    .append(request.headers().getFirst(name))
                    .append('\n');
        }
        canonical
                .append('\n')
                .append(authorization.group(5))
                .append('\n')
                .append(sha256(request.body().bytes()));
        String text = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                request.headers().getFirst("X-Amz-Date"),
                authorization.group(1),
                sha256(canonical.toString().getBytes(UTF_8)));
        byte[] key = ("AWS4" + EcrFixture.KEYS.secretAccessKey()).getBytes(UTF_8);
        for (String part :
                List.of(authorization.group(2), authorization.group(3), authorization.group(4), "aws4_request", text)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(key);
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }

    private static Matcher authorization(Request request) {
        Matcher authorization = AUTHORIZATION.matcher(request.headers().getFirst("Authorization"));
        assertThat(authorization.matches()).isTrue();
        return authorization;
    }

    @Test
    void isThatOfTheRequestThatArrives() throws Exception {
        fixture.server.on("DescribeRepositories", DESCRIBED);

        fixture.ecr.describe(EcrFixture.ORDERS);

        Request request = fixture.server.onlyRequest();
        Matcher authorization = authorization(request);
        assertThat(authorization.group(5).split(";", -1))
                .contains("host", "content-type", "x-amz-target", "x-amz-date", "x-amz-security-token");
        assertThat(authorization.group(6)).isEqualTo(expected(request, authorization));
    }

    @Test
    void isOfTheTimeThatAwsHasWhereThisMachinesIsWrong() throws Exception {
        fixture.server.on(
                "PutImage",
                Reply.error("InvalidSignatureException", "Signature expired"),
                EcrFixture.stored(EcrFixture.manifest("one")));
        fixture.server.on("DescribeRepositories", DESCRIBED);

        fixture.ecr.putImage(EcrFixture.ORDERS, EcrFixture.manifest("one"));
        fixture.ecr.describe(EcrFixture.ORDERS);

        List<Request> requests = fixture.server.requests();
        assertThat(requests).hasSize(3);
        assertThat(signedAt(requests.get(0))).isEqualTo(EcrFixture.NOON);
        assertThat(signedAt(requests.get(1))).isBetween(minutesFromNow(-5), minutesFromNow(5));
        assertThat(signedAt(requests.get(2))).isBetween(minutesFromNow(-5), minutesFromNow(5));
    }

    private static Instant signedAt(Request request) {
        return Instant.from(FORM.parse(request.headers().getFirst("X-Amz-Date")));
    }

    private static Instant minutesFromNow(int minutes) {
        return Instant.now().plus(Duration.ofMinutes(minutes));
    }

    @Test
    void isMadeOnceWhereItIsNotTheTimeThatIsWrong() throws Exception {
        fixture.now.set(Instant.now());
        fixture.server.on(
                "DescribeRepositories", Reply.error("InvalidSignatureException", "does not match"), DESCRIBED);

        assertThat(catchThrowable(() -> fixture.ecr.describe(EcrFixture.ORDERS)))
                .hasMessageContaining("InvalidSignatureException");
        assertThat(fixture.server.requests()).hasSize(1);
    }
}
