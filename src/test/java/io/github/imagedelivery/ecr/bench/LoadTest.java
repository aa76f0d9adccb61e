package io.github.imagedelivery.ecr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loads that every build can bear; the nightly ones take minutes and, for the largest, 10 GB of disk: {@code mvn
 * -Pnightly verify}.
 */
class LoadTest {
    /** Of the application: its classes, and the files that start it. */
    private static final int OWN_LAYERS = 2;

    private static final int MOST_LAYERS = 127;
    private static final long TWO_GIGABYTES = 2_000_000_000;

    /** Bytes by which a measured heap may differ for reasons of its own. */
    private static final long SLACK = 2L << 20;

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
    void needsNoMoreHeapForALayerOfFourTimesTheSize() throws Exception {
        long heap =
                run.measure("64m", "scratch", Load.LAYER_OF_BYTES, 32_000_000).liveHeap();

        try (LoadRun larger = new LoadRun(directory.resolve("larger"))) {
            long heapOfLarger = larger.measure("64m", "scratch", Load.LAYER_OF_BYTES, 128_000_000)
                    .liveHeap();

            assertThat(larger.published().layers()).extracting(Descriptor::size).anyMatch(size -> size > 128_000_000);
            // What is held before the rest goes to a file is a quarter of this heap; a look may catch it or not.
            assertThat(heapOfLarger).isLessThan(heap + (16L << 20) + SLACK);
            assertThat(heapOfLarger).isLessThan(40L << 20);
        }
    }

    @Test
    void publishesAThousandFiles() throws Exception {
        run.measure("64m", "scratch", Load.FILES, 1_000);

        assertThat(run.ecr.tags("module-0")).hasSize(2);
    }

    @Test
    void publishesAsManyLayersAsCanBeRun() throws Exception {
        run.measure("64m", seedBase(MOST_LAYERS - OWN_LAYERS), Load.FILES, 1);

        assertThat(run.published().layers()).hasSize(MOST_LAYERS);
    }

    @Test
    void refusesOneLayerMoreBeforeAnythingIsSent() throws Exception {
        String base = seedBase(MOST_LAYERS - OWN_LAYERS + 1);

        List<String> said = run.deliver("64m", base, Load.FILES, 1);

        assertThat(String.join("\n", said)).contains("the image would have 128 layers; at most 127 can be run");
        assertThat(run.ecr.images("module-0")).isEmpty();
        assertThat(run.ecr.requests())
                .extracting(RecordedRequest::kind)
                .noneMatch(kind -> kind.startsWith("POST /v2/") || kind.startsWith("ecr:Put"));
    }

    @Test
    void publishesTwentyModulesThatAreStagedAtOnce() throws Exception {
        for (int i = 1; i < 20; i++) {
            run.ecr.createRepository("module-" + i);
        }

        List<String> results = run.measure("128m", "scratch", Load.MODULES, 20).results();

        assertThat(results).hasSize(20).containsOnly("PUBLISHED");
        assertThat(run.ecr.repositories())
                .allSatisfy(name -> assertThat(run.ecr.tags(name)).hasSize(2));
    }

    @Test
    @Tag("nightly")
    void publishesALayerOfTwoGigabytesInAHeapOf256Megabytes() throws Exception {
        long heap = run.measure("256m", "scratch", Load.LAYER_OF_BYTES, TWO_GIGABYTES)
                .liveHeap();

        assertThat(run.published().layers()).extracting(Descriptor::size).anyMatch(size -> size > TWO_GIGABYTES);
        // Some 32 MiB may be held before the rest goes to a file.
        assertThat(heap).isLessThan(64L << 20);
    }

    @Test
    @Tag("nightly")
    void publishesTenThousandFiles() throws Exception {
        run.measure("256m", "scratch", Load.FILES, 10_000);

        assertThat(run.ecr.tags("module-0")).hasSize(2);
    }

    /** Puts a base of so many layers into the registry and returns its name. */
    private String seedBase(int layers) throws Exception {
        SampleBase base = SampleBase.make(layers, 100);
        run.ecr.createRepository("base");
        run.ecr.seed("base", "1", base.manifest(), base.blobs());
        return run.ecr.registryHost() + "/base:1";
    }
}
