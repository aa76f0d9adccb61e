package io.github.imagedelivery.ecr.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the cases of a test on a few threads. */
final class SideBySide {
    private SideBySide() {}

    /** Runs all, and returns their results in order; fails with the first failure when all have ended. */
    static <T> List<T> run(int threads, List<Callable<T>> cases) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            for (Future<T> ended : executor.invokeAll(cases)) {
                try {
                    results.add(ended.get());
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
            if (!failures.isEmpty()) {
                throw failure(failures, cases.size());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private static AssertionError failure(List<Throwable> failures, int cases) {
        AssertionError error = new AssertionError(
                failures.size() + " of " + cases + " cases failed, first: "
                        + failures.get(0).getMessage(),
                failures.get(0));
        failures.stream().skip(1).forEach(error::addSuppressed);
        return error;
    }
}
