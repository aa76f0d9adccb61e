package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedBlobTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 16384, 65536})
    void handsOutWhatItsDigestSays(int length) throws IOException {
        byte[] content = new byte[length];
        VerifiedBlob blob = VerifiedBlob.hash("", TestImages.content(content));

        assertThat(blob.descriptor()).isEqualTo(Descriptor.of("", content));
        assertThat(TestImages.bytes(blob)).isEqualTo(content);
    }

    @Test
    void withholdsTheLastByteOfOtherContent() throws IOException {
        Descriptor expected = Descriptor.of("", new byte[] {1, 2, 3});
        try (InputStream in = new VerifiedBlob(expected, TestImages.content(new byte[] {1, 2, 4})).open()) {
            assertThat(in.read()).isEqualTo(1);
            assertThat(in.read()).isEqualTo(2);
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("has another digest");
        }
    }

    @Test
    void refusesEmptyContentOfAnotherDigest() throws IOException {
        Descriptor expected = new Descriptor("", Digest.of(new byte[] {1}), 0);
        try (InputStream in = new VerifiedBlob(expected, TestImages.content(new byte[0])).open()) {
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("has another digest");
        }
    }

    @Test
    void verifiesWhatIsSkippedToo() throws IOException {
        byte[] content = new byte[20_000];
        try (InputStream in = VerifiedBlob.hash("", TestImages.content(content)).open()) {
            in.skipNBytes(19_999);
            assertThat(in.readAllBytes()).hasSize(1);
        }
    }

    @Test
    void refusesContentOfAnotherLength() {
        Descriptor expected = Descriptor.of("", new byte[3]);
        VerifiedBlob blob = new VerifiedBlob(expected, TestImages.content(new byte[4]));

        assertThatThrownBy(blob::open).isInstanceOf(IOException.class).hasMessageEndingWith("has 4 bytes instead of 3");
    }
}
