package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdIOException;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdTest {
    /** Longer than a window of 8 MiB, with much in it that repeats at any distance. */
    private static final byte[] CONTENT = IntStream.range(0, 1_700_000)
            .mapToObj(i -> Integer.toString(i * 31 % 100_003))
            .collect(Collectors.joining(" "))
            .getBytes(UTF_8);

    @TempDir
    private Path directory;

    static byte[] compress(byte[] content, int level) throws IOException {
        return compress(content, level, content.length);
    }

    private static byte[] compress(byte[] content, int level, int longestPortion) throws IOException {
        Random random = new Random(level);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = Zstd.deflating(compressed, level)) {
            for (int at = 0; at < content.length; ) {
                int length = Math.min(content.length - at, 1 + random.nextInt(longestPortion));
                out.write(content, at, length);
                at += length;
            }
        }
        return compressed.toByteArray();
    }

    private static byte[] inflate(byte[] compressed) throws IOException {
        try (InputStream in = Zstd.inflating(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    /** Returns the window of a frame without a length of its content (RFC 8878, 3.1.1.1.2). */
    private static long window(byte[] frame) {
        int descriptor = frame[5] & 0xff;
        long base = 1L << (10 + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    /** Returns a frame of one empty block that wants a window of a power of two. */
    static byte[] frameWithWindow(int log) {
        return new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) ((log - 10) << 3), 1, 0, 0};
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 19, 22})
    void inflatesWhatItCompressed(int level) throws IOException {
        byte[] content = Arrays.copyOf(CONTENT, 3_000_000);

        assertThat(inflate(compress(content, level))).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9})
    void makesTheSameBytesOfAnyPortions(int level) throws IOException {
        byte[] whole = compress(CONTENT, level);

        assertThat(whole).hasSizeLessThan(CONTENT.length / 2);
        for (int longest : List.of(100, 8192, 16384, 131_072, 1_000_000)) {
            assertThat(compress(CONTENT, level, longest)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 19, 20, 22})
    void asksNoReaderForAWindowAbove8Mebibytes(int level) throws IOException {
        assertThat(window(compress(new byte[1000], level))).isLessThanOrEqualTo(8 << 20);
    }

    @Test
    void readsAFrameWithAWindowOf128Mebibytes() throws IOException {
        assertThat(inflate(frameWithWindow(27))).isEmpty();
    }

    @Test
    void refusesAFrameWithALargerWindow() {
        assertThatThrownBy(() -> inflate(frameWithWindow(28))).isInstanceOf(ZstdIOException.class);
    }

    @Test
    void refusesAStreamThatIsCutOff() throws IOException {
        byte[] compressed = compress(CONTENT, 1);

        assertThatThrownBy(() -> inflate(Arrays.copyOf(compressed, compressed.length - 1)))
                .isInstanceOf(ZstdIOException.class);
    }

    @Test
    void leavesLayersOfABaseToTheirDigestWhereItsNativeCodeCannotBeLoaded() throws Exception {
        TestBase base = TestBase.rich();
        List<byte[]> layers = new ArrayList<>();
        for (byte[] tar : base.tars()) {
            layers.add(compress(tar, 3));
        }
        Path layout =
                TestBase.writeDirectory(base.layout(MediaTypes.OCI_LAYER_ZSTD, layers), directory.resolve("base"));
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-DZstdNativePath=" + directory.resolve("none.so"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ZstdProbe.class.getName(),
                        layout.toString(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();

        List<String> lines =
                new String(probe.getInputStream().readAllBytes(), UTF_8).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("its native code cannot be loaded: ")
                .contains("none.so");
        assertThat(lines.get(1))
                .isEqualTo("passed on " + layers.get(0).length + " bytes of " + MediaTypes.OCI_LAYER_ZSTD);
        assertThat(lines.get(2)).isEqualTo("it is compressed with zstd; " + lines.get(0));
    }
}
