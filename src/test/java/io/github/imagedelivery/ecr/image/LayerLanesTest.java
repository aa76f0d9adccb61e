package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LayerLanesTest {
    private final LayerLanes lanes = new LayerLanes(2);

    @Test
    @Timeout(60)
    void workSideBySide() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);

        assertThat(lanes.run(Collections.nCopies(2, () -> both.await(30, TimeUnit.SECONDS))))
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void doNoMoreAtOnceThanThereAreLanes() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        lanes.run(Collections.nCopies(6, () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            return now.decrementAndGet();
        }));

        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void keepTheOrder() throws Exception {
        List<Callable<Integer>> work =
                IntStream.range(0, 50).<Callable<Integer>>mapToObj(i -> () -> i).toList();

        assertThat(lanes.run(work)).isSorted().hasSize(50);
    }

    @Test
    void failWhenAllHasEndedOfWhichOneFailed() {
        AtomicInteger begun = new AtomicInteger();

        assertThatThrownBy(() -> lanes.run(Collections.nCopies(5, () -> {
                    if (begun.incrementAndGet() == 2) {
                        throw new IOException("the disk is broken");
                    }
                    return begun.get();
                })))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is broken");
        assertThat(begun.get()).isEqualTo(5);
    }
}
