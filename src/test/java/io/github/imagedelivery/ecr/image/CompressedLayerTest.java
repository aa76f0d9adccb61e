package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedLayerTest {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, 3_000_000})
    void handsOutTheCompressedBytesOfWhatTheConfigNames(int length) throws IOException {
        byte[] content = content(length);

        assertThat(read(layer(gzip(content), content))).isEqualTo(gzip(content));
    }

    @Test
    void readsSeveralMembersBehindEachOther() throws IOException {
        byte[] content = content(300_000);
        byte[] members = concatenated(
                gzip(Arrays.copyOf(content, 100_000)), gzip(Arrays.copyOfRange(content, 100_000, 300_000)));

        assertThat(read(layer(members, content))).isEqualTo(members);
    }

    @Test
    void withholdsTheLastBytesOfOtherContent() throws IOException {
        byte[] compressed = gzip(content(300_000));
        ByteArrayOutputStream handedOut = new ByteArrayOutputStream();

        try (InputStream in = layer(compressed, content(1)).open()) {
            assertThatThrownBy(() -> in.transferTo(handedOut))
                    .isInstanceOf(LayerException.class)
                    .hasMessageMatching("the layer sha256:.* inflates to sha256:.*, the config says sha256:.*");
        }
        assertThat(handedOut.size()).isLessThan(compressed.length);
    }

    @Test
    void refusesALayerThatInflatesBeyondAllMeasure() {
        assertThatThrownBy(() -> read(layer(bomb(200), content(1))))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("inflates to more than ");
    }

    @Test
    void allowsAShortLayerToInflateTo64Mebibytes() throws IOException {
        byte[] zeros = new byte[60 << 20];

        assertThat(read(layer(gzip(zeros), zeros))).isEqualTo(gzip(zeros));
    }

    @Test
    void refusesAHeaderWithoutEnd() {
        byte[] named = HEADER.clone();
        named[3] = 8;
        byte[] name = new byte[3_000_000];
        Arrays.fill(name, (byte) 'n');

        assertThatThrownBy(() -> read(layer(concatenated(named, name), content(1))))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("inflates to nothing for 1048576 bytes");
    }

    @Test
    void refusesWhatIsNoGzip() {
        assertThatThrownBy(() -> read(layer(content(1_000), content(1_000))))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("is no gzip stream that can be read");
    }

    @Test
    void refusesAStreamThatIsCutOff() {
        byte[] content = content(100_000);

        assertThatThrownBy(() -> read(layer(Arrays.copyOf(gzip(content), 50_000), content)))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("is no gzip stream that can be read");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, 3_000_000})
    void handsOutTheBytesOfZstdOfWhatTheConfigNames(int length) throws IOException {
        byte[] content = content(length);
        byte[] compressed = ZstdTest.compress(content, 3);

        assertThat(read(zstd(compressed, content))).isEqualTo(compressed);
    }

    @Test
    void readsFramesOfZstdAndATableOfContentsBetweenThem() throws IOException {
        byte[] content = content(300_000);
        byte[] first = ZstdTest.compress(Arrays.copyOf(content, 100_000), 3);
        byte[] second = ZstdTest.compress(Arrays.copyOfRange(content, 100_000, 300_000), 3);
        byte[] frames = concatenated(concatenated(first, skippable(4_000_000)), second);

        assertThat(read(zstd(frames, content))).isEqualTo(frames);
    }

    @Test
    void withholdsTheLastBytesOfOtherContentOfZstd() throws IOException {
        byte[] compressed = ZstdTest.compress(content(300_000), 3);
        ByteArrayOutputStream handedOut = new ByteArrayOutputStream();

        try (InputStream in = zstd(compressed, content(1)).open()) {
            assertThatThrownBy(() -> in.transferTo(handedOut))
                    .isInstanceOf(LayerException.class)
                    .hasMessageMatching("the layer sha256:.* inflates to sha256:.*, the config says sha256:.*");
        }
        assertThat(handedOut.size()).isLessThan(compressed.length);
    }

    @Test
    void refusesALayerOfZstdThatInflatesBeyondAllMeasure() throws IOException {
        byte[] zeros = ZstdTest.compress(new byte[1 << 20], 3);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            bomb.writeBytes(zeros);
        }

        assertThatThrownBy(() -> read(zstd(bomb.toByteArray(), content(1))))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("inflates to more than 67108864 bytes");
    }

    @Test
    void refusesAFrameWhoseWindowIsNoMemoryThatAReaderHas() {
        assertThatThrownBy(() -> read(zstd(ZstdTest.frameWithWindow(31), new byte[0])))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("is no zstd stream that can be read: Frame requires too much memory");
    }

    @Test
    void refusesFramesWithoutContentAndWithoutEnd() {
        assertThatThrownBy(() -> read(zstd(skippable(9_000_000), content(1))))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("inflates to nothing for 8388608 bytes");
    }

    @Test
    void refusesWhatIsNoZstd() {
        assertThatThrownBy(() -> read(zstd(content(1_000), content(1_000))))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("is no zstd stream that can be read");
    }

    @Test
    void refusesAStreamOfZstdThatIsCutOff() throws IOException {
        byte[] content = content(100_000);
        byte[] compressed = ZstdTest.compress(content, 3);

        assertThatThrownBy(() -> read(zstd(Arrays.copyOf(compressed, 50_000), content)))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("is no zstd stream that can be read");
    }

    private static CompressedLayer zstd(byte[] compressed, byte[] content) {
        Blob blob = Blob.of(MediaTypes.OCI_LAYER_ZSTD, compressed);
        return new CompressedLayer(blob.descriptor(), blob, Digest.of(content));
    }

    /** Returns a frame that readers pass over (RFC 8878, 3.1.2). */
    private static byte[] skippable(int length) {
        return ByteBuffer.allocate(8 + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184D2A50)
                .putInt(length)
                .array();
    }

    private static CompressedLayer layer(byte[] compressed, byte[] content) {
        Blob blob = Blob.of(MediaTypes.OCI_LAYER_GZIP, compressed);
        return new CompressedLayer(blob.descriptor(), blob, Digest.of(content));
    }

    private static byte[] read(CompressedLayer layer) throws IOException {
        try (InputStream in = layer.open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }

    /** Returns a stream of so many mebibytes of zeros. */
    private static byte[] bomb(int mebibytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[1 << 20]);
        byte[] buffer = new byte[1 << 16];
        byte[] zeros = Arrays.copyOf(buffer, deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH));
        deflater.end();
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(HEADER);
        for (int i = 0; i < mebibytes; i++) {
            bomb.writeBytes(zeros);
        }
        return bomb.toByteArray();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
