package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.delivery.ParallelUploads.Upload;
import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.RegistryException;
import io.github.imagedelivery.ecr.registry.Repository.Arrival;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelUploadsTest {
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    private interface Push {
        Arrival run(Blob blob) throws AwsException, RegistryException, InterruptedException;
    }

    /** A store that counts who is at work in it. */
    private ContentStore store(Push push) {
        return new ContentStore() {
            @Override
            public boolean isMountable(Origin origin) {
                return true;
            }

            @Override
            public Origin neighbour(RepositoryName repository) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Arrival push(Blob blob, Optional<Origin> origin) throws AwsException, RegistryException {
                begun.incrementAndGet();
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                try {
                    return push.run(blob);
                } catch (InterruptedException e) {
                    throw new RegistryException("interrupted", e);
                } finally {
                    running.decrementAndGet();
                }
            }

            @Override
            public InputStream open(Descriptor blob) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Set<Digest> present(Collection<Digest> blobs) {
                return Set.of();
            }

            @Override
            public boolean push(Manifest manifest) {
                return true;
            }

            @Override
            public Map<Digest, Manifest> manifests(Collection<Digest> digests) {
                return Map.of();
            }
        };
    }

    private static List<Upload> uploads(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Upload(Blob.of("", ("blob " + i).getBytes(UTF_8)), Optional.empty()))
                .toList();
    }

    private static boolean isFirst(Blob blob) {
        return blob.descriptor().digest().equals(Digest.of("blob 0".getBytes(UTF_8)));
    }

    @Test
    void keepsFourLanesBusyAndNoMore() throws Exception {
        CountDownLatch four = new CountDownLatch(4);
        ContentStore store = store(blob -> {
            four.countDown();
            assertThat(four.await(30, TimeUnit.SECONDS)).isTrue();
            return Arrival.UPLOADED;
        });

        assertThat(new ParallelUploads(store, Work.UNSEEN).run(uploads(40)))
                .hasSize(40)
                .containsValue(Fate.UPLOADED);

        assertThat(most).hasValue(4);
    }

    @Test
    void stopsTheRestAtTheFirstFailureAndLeavesNothingRunning() {
        CountDownLatch four = new CountDownLatch(4);
        CountDownLatch never = new CountDownLatch(1);
        ContentStore store = store(blob -> {
            four.countDown();
            if (!isFirst(blob)) {
                never.await();
            }
            four.await();
            throw new RegistryException("no space", 507, "");
        });

        assertThatThrownBy(() -> new ParallelUploads(store, Work.UNSEEN).run(uploads(40)))
                .isInstanceOf(RegistryException.class)
                .hasMessage("no space");

        assertThat(running).hasValue(0);
        // The lane of the failed blob may have taken one more before it was stopped.
        assertThat(begun.get()).isBetween(4, 5);
    }

    @Test
    void passesOnWhatAwsRefuses() {
        ContentStore store = store(blob -> {
            throw new AwsException("denied", "AccessDeniedException", 400, null);
        });

        assertThatThrownBy(() -> new ParallelUploads(store, Work.UNSEEN).run(uploads(2)))
                .isInstanceOf(AwsException.class)
                .hasMessage("denied");
    }

    @Test
    void wrapsWhatNobodyHasForeseen() {
        ContentStore store = store(blob -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> new ParallelUploads(store, Work.UNSEEN).run(uploads(1)))
                .isInstanceOf(RegistryException.class)
                .hasMessage("upload failed: java.lang.IllegalStateException: a bug")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void stopsTheRestWhenALaneRunsOutOfMemory() {
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        ContentStore store = store(blob -> {
            two.countDown();
            two.await();
            if (isFirst(blob)) {
                throw new OutOfMemoryError("Java heap space");
            }
            never.await();
            return Arrival.UPLOADED;
        });

        assertThatThrownBy(() -> new ParallelUploads(store, Work.UNSEEN).run(uploads(2)))
                .isInstanceOf(RegistryException.class)
                .hasMessage("upload failed: java.lang.OutOfMemoryError: Java heap space")
                .hasCauseInstanceOf(OutOfMemoryError.class);

        assertThat(running).hasValue(0);
    }

    @Test
    void stopsWhenItIsInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        ContentStore store = store(blob -> {
            never.await();
            return Arrival.UPLOADED;
        });
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new ParallelUploads(store, Work.UNSEEN).run(uploads(8)))
                .isInstanceOf(RegistryException.class)
                .hasMessage("uploads interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(running).hasValue(0);
    }

    @Test
    void tellsHowEachBlobArrived() throws Exception {
        ContentStore store = store(blob -> isFirst(blob) ? Arrival.MOUNTED : Arrival.PRESENT);

        assertThat(new ParallelUploads(store, Work.UNSEEN).run(uploads(2)).values())
                .containsExactlyInAnyOrder(Fate.MOUNTED, Fate.REUSED);
    }

    @Test
    void doesNothingForNothing() throws Exception {
        assertThat(new ParallelUploads(store(blob -> Arrival.UPLOADED), Work.UNSEEN).run(List.of()))
                .isEmpty();

        assertThat(begun).hasValue(0);
    }
}
