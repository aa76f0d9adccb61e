package io.github.imagedelivery.ecr.bench;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A logarithmic axis from a power of ten to another.
 *
 * @param title what it measures, with the unit
 */
record Axis(String title, int leastPower, int mostPower) {
    /** Returns the shortest axis that has all values, which are more than 0. */
    static Axis of(String title, Collection<Double> values) {
        double least = values.stream().min(Double::compare).orElseThrow();
        double most = values.stream().max(Double::compare).orElseThrow();
        int from = (int) Math.floor(Math.log10(least));
        return new Axis(title, from, Math.max(from + 1, (int) Math.ceil(Math.log10(most))));
    }

    /** Returns where the value is: 0 at the beginning, 1 at the end. */
    double place(double value) {
        return (Math.log10(value) - leastPower) / (mostPower - leastPower);
    }

    /** Returns the powers of ten that have a mark. */
    List<Integer> marks() {
        return IntStream.rangeClosed(leastPower, mostPower).boxed().toList();
    }
}
