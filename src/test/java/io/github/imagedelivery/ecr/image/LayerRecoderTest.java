package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LayerRecoderTest {
    private static final byte[] TAR = new TestTar().file("a", "1").bytes();

    @TempDir
    private Path directory;

    private final HeapBudget budget = new HeapBudget(1 << 24);
    private final LayerRecoder recoder = new LayerRecoder(2);

    private interface Opening {
        void run() throws Exception;
    }

    private record WatchedLayer(Blob blob, Opening opening) implements Blob {
        @Override
        public Descriptor descriptor() {
            return blob.descriptor();
        }

        @Override
        public InputStream open() throws IOException {
            try {
                opening.run();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return blob.open();
        }
    }

    private BaseImage recode(int layers, Opening opening) throws IOException {
        Blob layer = new WatchedLayer(Blob.of(MediaTypes.OCI_LAYER_GZIP, TestBase.gzip(TAR)), opening);
        Json diffIds = Json.texts(Collections.nCopies(layers, Digest.of(TAR).toString()));
        Json config = Json.object().with("rootfs", Json.object().with("diff_ids", diffIds));
        BaseImage written = new BaseImage("written", Optional.empty(), config, Collections.nCopies(layers, layer));
        List<FilesLayer> wanted = Collections.nCopies(layers, new FilesLayer("libs", List.of()));
        return recoder.recode(written, wanted, Compression.zstd(3), () -> new Tarball(budget, directory));
    }

    @Test
    @Timeout(60)
    void compressesLayersSideBySide() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);

        BaseImage recoded = recode(2, () -> both.await(30, TimeUnit.SECONDS));

        assertThat(recoded.layers())
                .hasSize(2)
                .allMatch(layer -> layer.descriptor().mediaType().equals(MediaTypes.OCI_LAYER_ZSTD));
    }

    @Test
    void compressesNoMoreAtOnceThanThereAreLanes() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        recode(6, () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            now.decrementAndGet();
        });

        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void leavesTheDiffIdsAsTheyAre() throws Exception {
        assertThat(recode(1, () -> {}).config().get("rootfs").get("diff_ids"))
                .isEqualTo(Json.texts(List.of(Digest.of(TAR).toString())));
    }

    @Test
    void failsWhenAllLayersHaveEndedOfWhichOneCannotBeRead() {
        AtomicInteger opened = new AtomicInteger();

        assertThatThrownBy(() -> recode(5, () -> {
                    if (opened.incrementAndGet() == 2) {
                        throw new IOException("the disk is broken");
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is broken");
        assertThat(opened.get()).isEqualTo(5);
    }
}
