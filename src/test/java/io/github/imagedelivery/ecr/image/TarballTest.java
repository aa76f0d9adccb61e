package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballTest {
    private static final int LENGTH = 5 * Tarball.BLOCK / 2;

    @TempDir
    private Path directory;

    private final byte[] content = random(LENGTH);

    @Test
    void givesBackWhatWasWritten() throws IOException {
        try (Tarball tarball = written(new HeapBudget(10L * Tarball.BLOCK))) {
            assertThat(tarball.isSpilled()).isFalse();
            assertThat(all(tarball)).isEqualTo(content);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void givesBackSlicesAcrossBlocks() throws IOException {
        try (Tarball tarball = written(new HeapBudget(10L * Tarball.BLOCK))) {
            assertSlices(tarball);
        }
    }

    @Test
    void spillsOverTheBudget() throws IOException {
        HeapBudget budget = new HeapBudget(2L * Tarball.BLOCK);
        try (Tarball tarball = written(budget)) {
            assertThat(tarball.isSpilled()).isTrue();
            assertThat(budget.taken()).isZero();
            assertThat(all(tarball)).isEqualTo(content);
            assertSlices(tarball);
        }
    }

    @Test
    void spillsAtOnceWhenOthersTookTheBudget() throws IOException {
        HeapBudget budget = new HeapBudget(3L * Tarball.BLOCK);
        try (Tarball first = written(budget);
                Tarball second = written(budget)) {
            assertThat(List.of(first.isSpilled(), second.isSpilled())).containsExactly(false, true);
            assertThat(all(second)).isEqualTo(content);
        }
    }

    @Test
    void letsOnlyTheOwnerReadTheFile() throws IOException {
        try (Tarball tarball = written(new HeapBudget(0));
                Stream<Path> files = Files.list(directory)) {
            assertThat(tarball.isSpilled()).isTrue();
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.getPosixFilePermissions(file))
                            .allMatch(permission -> permission.name().startsWith("OWNER"))
                            .hasSize(2));
        }
    }

    @Test
    void deletesTheFileWhenItIsClosed() throws IOException {
        Tarball tarball = written(new HeapBudget(0));
        tarball.close();
        tarball.close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void givesTheMemoryBackWhenItIsClosed() throws IOException {
        HeapBudget budget = new HeapBudget(10L * Tarball.BLOCK);
        Tarball tarball = written(budget);
        assertThat(budget.taken()).isEqualTo(3L * Tarball.BLOCK);
        tarball.close();
        tarball.close();

        assertThat(budget.taken()).isZero();
    }

    @Test
    void cannotBeReadOnceItIsClosed() throws IOException {
        Tarball tarball = written(new HeapBudget(10L * Tarball.BLOCK));
        InputStream open = tarball.open();
        tarball.close();

        assertThatThrownBy(tarball::open).isInstanceOf(IOException.class).hasMessageContaining("closed");
        assertThatThrownBy(open::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void refusesRangesBeyondItsEnd() throws IOException {
        try (Tarball tarball = written(new HeapBudget(10L * Tarball.BLOCK))) {
            assertThatThrownBy(() -> tarball.open(LENGTH - 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> tarball.slice(10, 10).open(5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private Tarball written(HeapBudget budget) throws IOException {
        Tarball tarball = new Tarball(budget, directory);
        try (OutputStream out = tarball.output()) {
            out.write(content[0]);
            int step = 7_001;
            for (int at = 1; at < content.length; at += step) {
                out.write(content, at, Math.min(step, content.length - at));
            }
        }
        return tarball;
    }

    private void assertSlices(Tarball tarball) throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(LENGTH);
            int length = random.nextInt(LENGTH - from + 1);
            try (InputStream in = tarball.slice(from, length).open()) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, from, from + length));
            }
        }
        try (InputStream in = tarball.open(Tarball.BLOCK - 1, 2)) {
            assertThat(new int[] {in.read(), in.read(), in.read()})
                    .containsExactly(content[Tarball.BLOCK - 1] & 0xff, content[Tarball.BLOCK] & 0xff, -1);
        }
    }

    private static byte[] all(Tarball tarball) throws IOException {
        try (InputStream in = tarball.open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
