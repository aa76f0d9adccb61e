package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.registry.RegistryException;
import io.github.imagedelivery.ecr.registry.Repository.Arrival;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Pushes blobs side by side, at most four at a time. The first failure stops the rest: when {@link #run} returns or
 * throws, nothing goes on behind it.
 */
final class ParallelUploads {
    private static final int LANES = 4;

    private final ContentStore store;
    private final Work work;

    /**
     * Creates what pushes.
     *
     * @param work is told of each byte
     */
    ParallelUploads(ContentStore store, Work work) {
        this.store = store;
        this.work = work;
    }

    /**
     * A blob to push.
     *
     * @param blob the blob
     * @param origin the repository that a layer of the base image was read from
     */
    record Upload(Blob blob, Optional<Origin> origin) {}

    private record Done(Digest digest, Fate fate) {}

    /** Pushes all, and tells how each came to be in the repository. */
    Map<Digest, Fate> run(Collection<Upload> uploads) throws AwsException, RegistryException {
        Map<Digest, Fate> fates = new LinkedHashMap<>();
        if (uploads.isEmpty()) {
            return fates;
        }
        ExecutorService lanes = Executors.newFixedThreadPool(Math.min(LANES, uploads.size()), ParallelUploads::daemon);
        try {
            CompletionService<Done> completion = new ExecutorCompletionService<>(lanes);
            List<Future<Done>> started = uploads.stream()
                    .map(upload -> completion.submit(() -> push(upload)))
                    .toList();
            for (int i = 0; i < started.size(); i++) {
                Done done = completion.take().get();
                fates.put(done.digest(), done.fate());
            }
            return fates;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("uploads interrupted", e);
        } finally {
            stop(lanes);
        }
    }

    private Done push(Upload upload) throws AwsException, RegistryException {
        CountedBlob blob = new CountedBlob(upload.blob(), work);
        Arrival arrival = store.push(blob, upload.origin());
        if (arrival != Arrival.UPLOADED) {
            blob.spare();
        }
        return new Done(upload.blob().descriptor().digest(), fate(arrival));
    }

    /** Returns what a report says of a blob that has arrived so. */
    static Fate fate(Arrival arrival) {
        return switch (arrival) {
            case UPLOADED -> Fate.UPLOADED;
            case MOUNTED -> Fate.MOUNTED;
            case PRESENT -> Fate.REUSED;
        };
    }

    private static RegistryException unwrapped(ExecutionException e) throws AwsException, RegistryException {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof AwsException aws) {
            throw aws;
        }
        if (cause instanceof RegistryException registry) {
            throw registry;
        }
        return new RegistryException("upload failed: " + cause, cause);
    }

    private static void stop(ExecutorService lanes) {
        lanes.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (lanes.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ecr-upload");
        thread.setDaemon(true);
        return thread;
    }
}
