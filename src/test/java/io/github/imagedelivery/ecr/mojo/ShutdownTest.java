package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A build that is told to end: a publish that has begun is finished, and none is begun any more. */
class ShutdownTest {
    private final List<String> events = new ArrayList<>();
    private final List<Thread> held = new ArrayList<>();
    private final Shutdown shutdown = new Shutdown(held::add, held::remove, this::hear);

    private Runnable hear() {
        events.add("hears Ctrl-C");
        return () -> events.add("is as before");
    }

    private static void refuse(Thread thread) {
        throw new IllegalStateException("Shutdown in progress");
    }

    @Test
    void beginsNothingOnceTheBuildIsToldToEnd() {
        Shutdown begun = new Shutdown(ShutdownTest::refuse, ShutdownTest::refuse, this::hear);

        assertThatThrownBy(() -> begun.holdBack(() -> events.add("published")))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                The build is told to end, so nothing was tagged
                  cause: the JVM is shutting down: Shutdown in progress
                  to fix: run the build again: what was staged is used again""");
        assertThat(events).isEmpty();
    }

    @Test
    void holdsTheEndBackUntilTheWorkIsDone() throws Exception {
        shutdown.holdBack(() -> {
            Thread ending = held.get(0);
            ending.start();
            while (ending.getState() != Thread.State.TIMED_WAITING && ending.isAlive()) {
                Thread.onSpinWait();
            }
            events.add(ending.isAlive() ? "waits" : "has ended before the work");
            held.add(ending);
        });

        held.get(0).join();
        assertThat(events).containsExactly("hears Ctrl-C", "waits", "is as before");
    }

    @Test
    void letsGoOfTheEndWhenTheWorkHasFailed() {
        DeliveryException refused = DeliveryException.ofUser("No", "it is", "so");

        assertThatThrownBy(() -> shutdown.holdBack(() -> {
                    throw refused;
                }))
                .isSameAs(refused);
        assertThat(held).isEmpty();
        assertThat(events).containsExactly("hears Ctrl-C", "is as before");
    }

    @Test
    void doesNotMindThatTheEndHasComeMeanwhile() throws Exception {
        new Shutdown(held::add, ShutdownTest::refuse, this::hear).holdBack(() -> events.add("published"));

        assertThat(events).containsExactly("hears Ctrl-C", "published", "is as before");
    }
}
