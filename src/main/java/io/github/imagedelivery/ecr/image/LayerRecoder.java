package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Compresses those layers again that are to be otherwise than Jib writes them: side by side, over all images at most as
 * many at once as there are lanes. Safe for use by several threads.
 */
final class LayerRecoder {
    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor lanes;

    /** Creates a recoder with as many lanes as there are processors. */
    LayerRecoder() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** Creates a recoder whose threads come with work and go when there is none, so that nobody needs to end them. */
    LayerRecoder(int most) {
        lanes = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LayerRecoder::daemon);
        lanes.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ecr-compress");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Returns the image with its links, and with the compression that is wanted; a layer that has both already stays as
     * Jib has written it, byte for byte.
     *
     * @param written what Jib has written
     * @param wanted its layers as they are to be
     * @param storage makes an empty tarball for a layer
     */
    BaseImage recode(BaseImage written, List<FilesLayer> wanted, Compression compression, Supplier<Tarball> storage)
            throws IOException {
        Json rootfs = written.config().get("rootfs");
        List<Blob> layers = new ArrayList<>(written.layers());
        List<Json> diffIds = new ArrayList<>(rootfs.get("diff_ids").items());
        List<Integer> positions = new ArrayList<>();
        List<Callable<RecodedLayer>> work = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Map<String, String> links = wanted.get(i).links();
            if (!links.isEmpty() || compression.format() != Compression.Format.GZIP) {
                Blob layer = layers.get(i);
                Tarball tarball = storage.get();
                positions.add(i);
                work.add(() -> RecodedLayer.write(layer, links, compression, tarball));
            }
        }
        List<RecodedLayer> recoded = run(work);
        for (int i = 0; i < recoded.size(); i++) {
            layers.set(positions.get(i), recoded.get(i).blob());
            diffIds.set(positions.get(i), Json.of(recoded.get(i).diffId().toString()));
        }
        Json config = written.config().with("rootfs", rootfs.with("diff_ids", Json.array(diffIds)));
        return new BaseImage(written.name(), written.digest(), config, layers);
    }

    /** Does all of it, or throws when nothing of it goes on any more. */
    private List<RecodedLayer> run(List<Callable<RecodedLayer>> work) throws IOException {
        List<RecodedLayer> done = new ArrayList<>();
        try {
            for (Future<RecodedLayer> layer : lanes.invokeAll(work)) {
                done.add(layer.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
