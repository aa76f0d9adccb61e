package io.github.imagedelivery.ecr.local;

import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Which requests a {@link Behaviour} is for: those that match, and of these the n-th. Counting begins when the fault is
 * injected.
 */
public final class Occasion {
    private final Predicate<String> kind;
    private final Predicate<String> about;
    private final IntPredicate turn;

    private Occasion(Predicate<String> kind, Predicate<String> about, IntPredicate turn) {
        this.kind = kind;
        this.about = about;
        this.turn = turn;
    }

    /** Returns the requests of exactly that {@link RecordedRequest#kind()}. */
    public static Occasion of(String kind) {
        return matching(kind::equals);
    }

    /** Returns the requests whose {@link RecordedRequest#kind()} matches. */
    public static Occasion matching(Predicate<String> kind) {
        return new Occasion(kind, about -> true, turn -> true);
    }

    /** Returns only those whose {@link RecordedRequest#about()} is that, such as {@code orders:1.4.0}. */
    public Occasion about(String image) {
        return new Occasion(kind, image::equals, turn);
    }

    /** Returns only the n-th, counted from 1. */
    public Occasion nth(int n) {
        return new Occasion(kind, about, turn -> turn == n);
    }

    /** Returns only the first n. */
    public Occasion first(int n) {
        return new Occasion(kind, about, turn -> turn <= n);
    }

    /** Returns all from the n-th on, counted from 1. */
    public Occasion from(int n) {
        return new Occasion(kind, about, turn -> turn >= n);
    }

    /** Returns each n-th. */
    public Occasion each(int n) {
        return new Occasion(kind, about, turn -> turn % n == 0);
    }

    boolean matches(Subject subject) {
        return kind.test(subject.kind()) && about.test(subject.about());
    }

    boolean isTurn(int count) {
        return turn.test(count);
    }
}
