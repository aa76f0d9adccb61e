package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Compares what was seen with a file under {@code src/test/resources/golden}. Digests are written as {@code sha256:*},
 * and lines that run side by side are sorted: a golden file is a promise of how much is asked, not of who is first.
 */
public final class Golden {
    private final List<String> lines;

    private Golden(List<String> lines) {
        this.lines = lines;
    }

    /** Takes the lines that were seen. */
    public static Golden assertThatLines(List<String> seen) {
        return new Golden(seen.stream().map(Golden::plain).sorted().toList());
    }

    /** Fails unless they are the file's. */
    public void match(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".txt")) {
            assertThat(in).as("golden file " + name).isNotNull();
            String golden = new String(in.readAllBytes(), UTF_8);
            assertThat(lines).as(name).isEqualTo(golden.lines().toList());
        }
    }

    private static String plain(String line) {
        return line.replaceAll("sha256:[0-9a-f]+", "sha256:*");
    }
}
