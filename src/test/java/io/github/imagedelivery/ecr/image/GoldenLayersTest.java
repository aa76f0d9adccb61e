package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fixed input has the layers that are written down in {@code golden/layers.txt}, and of zstd those in
 * {@code golden/layers-zstd.txt}: a new version of Jib core, commons-compress or zstd-jni does not change images
 * unnoticed. The files say what to do when it does.
 */
class GoldenLayersTest {
    @TempDir
    private Path directory;

    private List<String> built(Compression compression) throws Exception {
        List<String> lines = GoldenImage.lines(directory.resolve("cache"), directory.resolve("app"), compression);
        return lines.subList(0, lines.size() - 1);
    }

    private static List<String> golden(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(GoldenLayersTest.class.getResourceAsStream("/golden/" + name))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static List<String> diffIds(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("zlib "))
                .map(line -> line.replaceFirst("^(\\S+ \\S+).*", "$1"))
                .toList();
    }

    @Test
    void hasTheContentThatIsWrittenDown() throws Exception {
        assertThat(diffIds(built(Compression.GZIP))).isEqualTo(diffIds(golden("layers.txt")));
    }

    @Test
    void isCompressedAsIsWrittenDownWhereTheZlibIsTheSame() throws Exception {
        List<String> golden = golden("layers.txt");
        assumeTrue(golden.contains(GoldenImage.zlib()), "this JVM's zlib compresses in another way");

        assertThat(built(Compression.GZIP)).isEqualTo(golden.subList(1, golden.size()));
    }

    @Test
    void isCompressedWithZstdAsIsWrittenDownOnEveryMachine() throws Exception {
        assertThat(built(Compression.zstd(Compression.DEFAULT))).isEqualTo(golden("layers-zstd.txt"));
    }
}
