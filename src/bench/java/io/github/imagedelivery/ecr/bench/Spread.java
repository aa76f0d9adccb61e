package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Measurements of the same thing.
 *
 * @param median the one in the middle, the lower of two
 * @param min the least
 * @param max the most
 */
record Spread(long median, long min, long max) {
    static <T> Spread of(Collection<T> samples, ToLongFunction<T> value) {
        List<Long> sorted =
                samples.stream().map(value::applyAsLong).sorted().toList();
        return new Spread(sorted.get((sorted.size() - 1) / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    Spread per(long unit) {
        return new Spread(median / unit, min / unit, max / unit);
    }

    Json json() {
        return Json.object()
                .with("median", Json.of(median))
                .with("min", Json.of(min))
                .with("max", Json.of(max));
    }

    /** Returns the median, and least and most where they differ. */
    @Override
    public String toString() {
        return min == max ? Long.toString(median) : median + " (" + min + ".." + max + ")";
    }
}
