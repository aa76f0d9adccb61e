package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexComparisonTest {
    @Test
    void tellsTheAttestationsOfOnePlatformApart() throws Exception {
        ComparedImage before = image("in ECR", entry("linux", '1'), entry("unknown", '2'), entry("unknown", '3'));
        ComparedImage now = image("in this build", entry("linux", '4'), entry("unknown", '2'), entry("unknown", '3'));

        assertThat(IndexComparison.between(before, now).notes())
                .containsExactly("linux/amd64 differs:", "they cannot be read: closed");
    }

    @Test
    void showsAPlatformWithoutWhatATerminalOrACiSystemObeys() throws Exception {
        ComparedImage before = image("in ECR", entry("::error::\u001b[2J\n", '1'));
        ComparedImage now = image("in this build", entry("linux", '2'));

        assertThat(IndexComparison.between(before, now).notes())
                .containsExactly("linux/amd64 is only in this build", ": :error:: [2J /amd64 is only in ECR");
    }

    private static Json entry(String os, char digit) {
        Json platform = Json.object().with("os", Json.of(os)).with("architecture", Json.of("amd64"));
        return new Descriptor(
                        MediaTypes.OCI_MANIFEST,
                        new Digest("sha256", String.valueOf(digit).repeat(64)),
                        1)
                .toJson()
                .with("platform", platform);
    }

    private static ComparedImage image(String where, Json... entries) throws FormatException {
        Json index = Json.object().with("manifests", Json.array(List.of(entries)));
        return new ComparedImage(where, Manifest.parse(index.bytes(), MediaTypes.OCI_INDEX), new Closed());
    }

    private static final class Closed implements ComparedImage.Blobs {
        @Override
        public InputStream open(Descriptor blob) throws IOException {
            throw new IOException("closed");
        }

        @Override
        public Manifest manifest(Descriptor manifest) throws IOException {
            throw new IOException("closed");
        }
    }
}
