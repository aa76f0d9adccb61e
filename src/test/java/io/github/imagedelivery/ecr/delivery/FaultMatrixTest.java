package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.PageFigures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of request that a push makes, broken in every way, at its first and second time and always: judged by one
 * {@link Oracle}. How each case ended is written to {@code target/fault-matrix.md}.
 */
class FaultMatrixTest {
    private static final int PROMISED = 840;

    /** More than processors, since some cases wait for a time limit. */
    private static final int THREADS = 4;

    @TempDir
    static Path directory;

    private static final FaultSummary SUMMARY = new FaultSummary();
    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(THREADS);
    private static final Queue<FaultBench> FREE = new ConcurrentLinkedQueue<>();
    private static final Map<FaultCase, Future<String>> OUTCOMES = new ConcurrentHashMap<>();
    private static final AtomicInteger BENCHES = new AtomicInteger();
    private static final long START = System.nanoTime();

    @BeforeAll
    static void start() {
        cases().forEach(tried -> OUTCOMES.put(tried, WORKERS.submit(() -> onFreeBench(tried))));
    }

    private static String onFreeBench(FaultCase tried) throws Exception {
        FaultBench free = FREE.poll();
        FaultBench bench =
                free == null ? new FaultBench(directory.resolve("bench-" + BENCHES.incrementAndGet())) : free;
        try {
            return bench.run(tried);
        } finally {
            FREE.add(bench);
        }
    }

    private static String outcome(FaultCase tried) throws Throwable {
        try {
            return Objects.requireNonNull(OUTCOMES.get(tried)).get();
        } catch (ExecutionException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        WORKERS.shutdownNow();
        for (FaultBench bench : FREE) {
            bench.close();
        }
        SUMMARY.write(Path.of("target/fault-matrix.md"), Duration.ofNanos(System.nanoTime() - START));
    }

    private static List<FaultCase> cases() {
        return Arrays.stream(RequestKind.values())
                .flatMap(kind -> FaultCase.of(kind).stream())
                .toList();
    }

    @TestFactory
    Stream<DynamicContainer> endsBeforeOrBothOrSaysOtherwise() {
        return Arrays.stream(RequestKind.values())
                .map(kind -> DynamicContainer.dynamicContainer(
                        kind.title,
                        FaultCase.of(kind).stream()
                                .map(tried -> DynamicTest.dynamicTest(
                                        tried.toString(), () -> SUMMARY.add(tried, outcome(tried))))));
    }

    @Test
    void pageSaysHowTheyEnded() throws Throwable {
        FaultSummary summary = new FaultSummary();
        for (FaultCase tried : cases()) {
            summary.add(tried, outcome(tried));
        }

        PageFigures.check("fault-matrix", summary.matrix());
    }

    @Test
    void hasAsManyCasesAsPromised() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(PROMISED).doesNotHaveDuplicates();
    }
}
