package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedGzipTest {
    private static final int PIECE = MixedGzip.PIECE;

    private final Random random = new Random(7);

    private byte[] dense(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int length) {
        String numbers = IntStream.range(0, 200_000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        return Arrays.copyOf(numbers.getBytes(UTF_8), length);
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private static byte[] gzip(byte[] content, int portion) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (MixedGzip gzip = new MixedGzip(written)) {
            for (int at = 0; at < content.length; at += portion) {
                gzip.write(content, at, Math.min(portion, content.length - at));
            }
        }
        return written.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        return gzip(content, 8192);
    }

    private static byte[] gunzip(byte[] compressed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    private byte[] jar(int method) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(jar)) {
            zip.setLevel(method == ZipEntry.STORED ? 0 : 6);
            zip.putNextEntry(new ZipEntry("letters.txt"));
            zip.write(HexFormat.of().formatHex(dense(500_000)).getBytes(UTF_8));
        }
        return jar.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 17})
    void keepsContentOfEveryLength(int length) throws Exception {
        for (byte[] content : new byte[][] {dense(length), text(length), new byte[length]}) {
            assertThat(gunzip(gzip(content))).isEqualTo(content);
        }
    }

    /** What is deflated behind a stored block must not refer to what lies before it at the distance that it would have without. */
    @Test
    void keepsContentThatReturnsBehindWhatIsStored() throws Exception {
        byte[] text = text(PIECE);
        byte[] content = join(text, dense(PIECE), text, dense(3 * PIECE), text, text);

        assertThat(gunzip(gzip(content))).isEqualTo(content);
    }

    @Test
    void keepsAnyMixture() throws Exception {
        for (int i = 0; i < 60; i++) {
            byte[][] parts = new byte[1 + random.nextInt(8)][];
            for (int part = 0; part < parts.length; part++) {
                int length = random.nextInt(3 * PIECE);
                parts[part] = random.nextBoolean() ? dense(length) : text(length);
            }
            byte[] content = join(parts);

            assertThat(gunzip(gzip(content))).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, PIECE - 1, PIECE, PIECE + 1, 1_000_000})
    void writesTheSameBytesWhateverThePortions(int portion) throws Exception {
        byte[] content = join(text(40_000), dense(70_000), text(30_000), dense(20_000));

        assertThat(gzip(content, portion)).isEqualTo(gzip(content));
    }

    @Test
    void storesWhatIsCompressedAlready() throws Exception {
        byte[] content = dense(100 * PIECE);

        byte[] compressed = gzip(content);

        // Of which Java's inflater would not tell: a header, five bytes for each piece and at the end, a trailer.
        assertThat(compressed).hasSize(10 + 100 * (5 + PIECE) + 5 + 8);
        assertThat(Arrays.copyOfRange(compressed, 15, 15 + PIECE)).isEqualTo(Arrays.copyOf(content, PIECE));
    }

    @Test
    void storesAJarWithoutDeflatingItAgain() throws Exception {
        byte[] jar = jar(ZipEntry.DEFLATED);

        assertThat(gzip(jar).length).isBetween(jar.length, jar.length + jar.length / 100);
    }

    @Test
    void deflatesAJarWhoseEntriesAreStored() throws Exception {
        byte[] jar = jar(ZipEntry.STORED);

        assertThat(gzip(jar).length).isLessThan(jar.length * 2 / 3);
    }

    @Test
    void deflatesTextAsWellAsJavaDoes() throws Exception {
        byte[] content = text(1_000_000);

        assertThat(gzip(content)).hasSameSizeAs(TestBase.gzip(content));
    }

    @Test
    void saysNothingOfTheMachineOrTheTime() throws Exception {
        assertThat(Arrays.copyOf(gzip(text(10)), 10))
                .isEqualTo(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
    }

    @Test
    void neverTakesAShortPieceForDense() {
        assertThat(MixedGzip.isDense(dense(100), 100)).isFalse();
        assertThat(MixedGzip.isDense(dense(PIECE), PIECE)).isTrue();
        assertThat(MixedGzip.isDense(text(PIECE), PIECE)).isFalse();
    }
}
