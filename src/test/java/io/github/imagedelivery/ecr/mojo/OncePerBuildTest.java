package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OncePerBuildTest {
    private static final String CHECK = "check";

    @TempDir
    Path top;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger runs = new AtomicInteger();
    private MavenSession session;

    @BeforeEach
    void begin() {
        session = TestSession.of(top, TestSession.module(top, "orders"));
    }

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    @Test
    void doesTheWorkOnce() throws Exception {
        assertThat(OncePerBuild.run(session, CHECK, runs::incrementAndGet)).isTrue();
        assertThat(OncePerBuild.run(session, CHECK, runs::incrementAndGet)).isTrue();

        assertThat(runs).hasValue(1);
    }

    @Test
    void tellsTheOthersThatTheFirstHasFailed() throws Exception {
        assertThatThrownBy(() -> OncePerBuild.run(session, CHECK, OncePerBuildTest::fail))
                .isInstanceOf(MojoFailureException.class);

        assertThat(OncePerBuild.run(session, CHECK, runs::incrementAndGet)).isFalse();
        assertThat(runs).hasValue(0);
    }

    @Test
    void letsTheOthersWaitForTheFirst() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<Boolean> first = thread.submit(() -> OncePerBuild.run(session, CHECK, () -> {
            begun.countDown();
            await(end);
            runs.incrementAndGet();
        }));
        begun.await();
        AtomicInteger seenBySecond = new AtomicInteger(-1);
        Thread second = new Thread(() -> seenBySecond.set(runsAfterAnotherCheck()));
        second.start();
        while (second.getState() != Thread.State.WAITING && second.isAlive()) {
            Thread.onSpinWait();
        }
        end.countDown();
        second.join();

        assertThat(first.get()).isTrue();
        assertThat(seenBySecond).hasValue(1);
    }

    private int runsAfterAnotherCheck() {
        try {
            OncePerBuild.run(session, CHECK, () -> {});
            return runs.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fail() throws MojoFailureException {
        throw new MojoFailureException("refused");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
