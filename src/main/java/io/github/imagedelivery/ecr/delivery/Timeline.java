package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** When each phase of a delivery and each blob that it brought began, and how long it took. Safe for use by several threads. */
final class Timeline {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private final LongSupplier nanoClock;
    private final Instant started;
    private final long zero;
    private final List<Json> phases = new ArrayList<>();
    private final List<Json> blobs = new ArrayList<>();

    private Timeline(LongSupplier nanoClock, Instant started, long millisSince) {
        this.nanoClock = nanoClock;
        this.started = started;
        this.zero = nanoClock.getAsLong() - millisSince * NANOS_IN_MILLI;
    }

    /**
     * Begins one.
     *
     * @param nanoClock measures time
     * @param clock tells it
     */
    static Timeline begun(LongSupplier nanoClock, InstantSource clock) {
        return new Timeline(nanoClock, clock.instant(), 0);
    }

    /** Begins one by the clocks of the machine. */
    static Timeline begun() {
        return begun(System::nanoTime, InstantSource.system());
    }

    /** Goes on where another run has stopped, which has noted so much; begins one where that is nothing. */
    static Timeline resumed(Json noted, LongSupplier nanoClock, InstantSource clock) {
        Instant now = clock.instant();
        Instant started = started(noted, now);
        Timeline timeline =
                new Timeline(nanoClock, started, Duration.between(started, now).toMillis());
        timeline.phases.addAll(noted.get("phases").items());
        timeline.blobs.addAll(noted.get("blobs").items());
        return timeline;
    }

    /** Nothing has begun later than now, whatever a clock has said. */
    private static Instant started(Json noted, Instant now) {
        try {
            Instant started = Instant.parse(noted.get("started").text().orElse(""));
            return started.isAfter(now) ? now : started;
        } catch (DateTimeParseException e) {
            return now;
        }
    }

    /** Returns what time it is by the clock that measures. */
    long nanos() {
        return nanoClock.getAsLong();
    }

    /** Notes a phase; both times as {@link #nanos} has told them. */
    synchronized void phase(String name, long from, long until) {
        phases.add(span("phase", name, from, until));
    }

    /** Notes that a blob was brought; both times as {@link #nanos} has told them. */
    synchronized void blob(Digest blob, long from, long until) {
        blobs.add(span("digest", blob.toString(), from, until));
    }

    private Json span(String member, String name, long from, long until) {
        return Json.object()
                .with(member, Json.of(name))
                .with("start", Json.of((from - zero) / NANOS_IN_MILLI))
                .with("milliseconds", Json.of((until - from) / NANOS_IN_MILLI));
    }

    /** Returns it as reports tell it. */
    synchronized Json toJson() {
        return Json.object()
                .with("started", Json.of(started.toString()))
                .with("phases", Json.array(phases))
                .with("blobs", Json.array(blobs));
    }
}
