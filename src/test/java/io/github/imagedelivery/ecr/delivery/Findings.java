package io.github.imagedelivery.ecr.delivery;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** How much was explored, how often each invariant was broken, and the shortest way to break it. */
final class Findings {
    private final Map<Invariant, Integer> broken = new EnumMap<>(Invariant.class);
    private final Map<Invariant, List<String>> shortest = new EnumMap<>(Invariant.class);
    private int runs;
    private long states;
    private long steps;
    private long ends;

    void add(Exploration explored) {
        runs++;
        states += explored.states();
        steps += explored.steps();
        ends += explored.ends();
    }

    /** Adds a violation; the way is asked for only where it may be a new shortest one. */
    void breaks(Invariant invariant, Supplier<List<String>> way) {
        int count = broken.merge(invariant, 1, Integer::sum);
        if (count > 50) {
            return;
        }
        List<String> steps = way.get();
        shortest.merge(invariant, steps, (a, b) -> a.size() <= b.size() ? a : b);
    }

    /** Returns the number of starts that were explored. */
    int runs() {
        return runs;
    }

    long states() {
        return states;
    }

    long steps() {
        return steps;
    }

    long ends() {
        return ends;
    }

    /** Returns the invariants that were broken. */
    Set<Invariant> broken() {
        return broken.keySet();
    }

    /** Returns how many steps or ends break the invariant. */
    int count(Invariant invariant) {
        return broken.getOrDefault(invariant, 0);
    }

    /** Returns the shortest way that breaks the invariant: where it starts, then its steps. */
    List<String> shortest(Invariant invariant) {
        return new ArrayList<>(shortest.getOrDefault(invariant, List.of()));
    }
}
