package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    @TempDir
    static Path directory;

    private static final FaultSummary SUMMARY = new FaultSummary();
    private static FaultBench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = new FaultBench(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
        SUMMARY.write(Path.of("target/fault-matrix.md"));
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
                                        tried.toString(), () -> SUMMARY.add(tried, bench.run(tried))))));
    }

    @Test
    void hasAsManyCasesAsPromised() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(PROMISED).doesNotHaveDuplicates();
    }
}
