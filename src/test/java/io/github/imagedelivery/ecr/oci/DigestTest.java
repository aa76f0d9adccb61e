package io.github.imagedelivery.ecr.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    @Test
    void hashesContentWithSha256() {
        assertThat(Digest.of("hello".getBytes(UTF_8)))
                .hasToString("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    @Test
    void readsWhatItWrites() throws FormatException {
        Digest digest = Digest.of(new byte[0]);

        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha256:", "sha256:abc", "sha512:00", "2cf24dba", "sha256:2CF24DBA5FB0A30E26E83B2AC5B9E2"})
    void refusesWhatIsNoSha256Digest(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(FormatException.class);
    }
}
