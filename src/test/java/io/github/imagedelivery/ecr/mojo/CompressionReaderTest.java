package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.Compression;
import org.junit.jupiter.api.Test;

class CompressionReaderTest {
    private final PushMojo push = new PushMojo();

    @Test
    void takesGzipWhereNothingIsSaid() throws Exception {
        push.compression = " ";

        assertThat(new CompressionReader(push).compression()).isEqualTo(Compression.GZIP);
    }

    @Test
    void takesTheUsualLevelOfZstd() throws Exception {
        push.compression = "ZSTD";

        assertThat(new CompressionReader(push).compression()).isEqualTo(Compression.zstd(3));
    }

    @Test
    void takesTheLevelThatIsSet() throws Exception {
        push.compression = "zstd";
        push.compressionLevel = "19";

        assertThat(new CompressionReader(push).compression()).isEqualTo(Compression.zstd(19));
    }
}
