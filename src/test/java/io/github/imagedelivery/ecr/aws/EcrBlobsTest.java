package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.oci.Digest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which blobs a repository has. */
class EcrBlobsTest {
    private static final Digest BLOB = Digest.of(new byte[] {1});

    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    private final ScriptedEcr server = fixture.server;
    private final Ecr ecr = fixture.ecr;

    @Test
    void tellsWhichBlobsAreThere() throws Exception {
        Digest archived = Digest.of(new byte[] {2});
        Digest missing = Digest.of(new byte[] {3});
        server.on(
                "BatchCheckLayerAvailability",
                Reply.ok("{'layers':[{'layerDigest':'" + BLOB
                        + "','layerAvailability':'AVAILABLE','layerSize':7},{'layerDigest':'" + archived
                        + "','layerAvailability':'ARCHIVED'}],'failures':[{'layerDigest':'" + missing
                        + "','failureCode':'MissingLayerDigest','failureReason':'no'}]}"));

        assertThat(ecr.available(ORDERS, List.of(BLOB, archived, missing))).contains(Set.of(BLOB));
    }

    @Test
    void asksForAHundredBlobsAtATimeAndForNoneTwice() throws Exception {
        server.on("BatchCheckLayerAvailability", Reply.ok("{'layers':[]}"));
        List<Digest> blobs = IntStream.range(0, 250)
                .mapToObj(i -> Digest.of(new byte[] {(byte) (i % 205), 9}))
                .toList();

        assertThat(ecr.available(ORDERS, blobs)).contains(Set.of());
        assertThat(server.requests())
                .extracting(
                        request -> request.body().get("layerDigests").items().size())
                .containsExactly(100, 100, 5);
    }

    @Test
    void throwsABlobFailureThatIsNotAnAbsentBlob() {
        server.on(
                "BatchCheckLayerAvailability",
                Reply.ok("{'failures':[{'failureCode':'InvalidLayerDigest','failureReason':'bad'}]}"));

        assertThatThrownBy(() -> ecr.available(ORDERS, List.of(BLOB)))
                .isInstanceOf(AwsException.class)
                .hasMessage("ecr:BatchCheckLayerAvailability: InvalidLayerDigest: bad");
    }

    @ParameterizedTest
    @CsvSource({"400, UnknownOperationException", "404, ''", "405, ''", "501, InternalFailure", "404, NotFound"})
    void seesThatTheControlPlaneDoesNotKnowTheOperation(int status, String code) throws Exception {
        server.on(
                "BatchCheckLayerAvailability",
                new Reply(status, code.isEmpty() ? "" : "{\"__type\":\"" + code + "\"}"));

        assertThat(ecr.available(ORDERS, List.of(BLOB))).isEmpty();
    }

    @Test
    void doesNotTakeAMissingRepositoryForAnUnknownOperation() {
        server.on("BatchCheckLayerAvailability", new Reply(404, "{\"__type\":\"RepositoryNotFoundException\"}"));

        assertThatThrownBy(() -> ecr.available(ORDERS, List.of(BLOB))).isInstanceOf(AwsException.class);
    }
}
