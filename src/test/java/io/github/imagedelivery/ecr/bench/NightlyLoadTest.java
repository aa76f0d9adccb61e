package io.github.imagedelivery.ecr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads that take minutes and, for the largest, 10 GB of disk: {@code mvn -Pnightly verify}. */
@Tag("nightly")
class NightlyLoadTest {
    private static final long TWO_GIGABYTES = 2_000_000_000;

    @TempDir
    Path directory;

    private LoadRun run;

    @BeforeEach
    void start() throws IOException {
        run = new LoadRun(directory);
    }

    @AfterEach
    void stop() throws IOException {
        run.close();
    }

    @Test
    void publishesALayerOfTwoGigabytesInAHeapOf256Megabytes() throws Exception {
        long heap = run.measure("256m", "scratch", Load.LAYER_OF_BYTES, TWO_GIGABYTES)
                .liveHeap();

        assertThat(run.published().layers()).extracting(Descriptor::size).anyMatch(size -> size > TWO_GIGABYTES);
        // A quarter of the heap may be held before the rest goes to a file.
        assertThat(heap).isLessThan(90L << 20);
    }

    @Test
    void publishesTenThousandFiles() throws Exception {
        run.measure("256m", "scratch", Load.FILES, 10_000);

        assertThat(run.ecr.tags("module-0")).hasSize(2);
    }
}
