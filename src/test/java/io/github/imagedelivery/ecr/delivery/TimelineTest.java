package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant START = Instant.parse("2026-03-14T09:26:53.589Z");
    private static final long MILLI = 1_000_000;
    private static final Digest BLOB = Digest.of("a".getBytes(UTF_8));

    /** What the clock that measures shows; it begins anywhere. */
    private long nanos = -7_000 * MILLI;

    private Timeline begun() {
        return Timeline.begun(() -> nanos, InstantSource.fixed(START));
    }

    @Test
    void countsFromItsBeginning() throws Exception {
        Timeline timeline = begun();
        long from = timeline.nanos();
        nanos += 40 * MILLI;
        timeline.phase("resolve", from, nanos);
        timeline.blob(BLOB, nanos, nanos + 5 * MILLI);

        assertThat(timeline.toJson()).isEqualTo(Json.parse("""
                {
                  "started": "2026-03-14T09:26:53.589Z",
                  "phases": [{"phase": "resolve", "start": 0, "milliseconds": 40}],
                  "blobs": [{"digest": "%s", "start": 40, "milliseconds": 5}]
                }""".formatted(BLOB)));
    }

    @Test
    void goesOnInAnotherProcess() throws Exception {
        Timeline first = begun();
        first.phase("stage", nanos, nanos + 40 * MILLI);

        nanos = 0;
        Timeline second = Timeline.resumed(first.toJson(), () -> nanos, InstantSource.fixed(START.plusSeconds(60)));
        second.phase("publish", 0, 3 * MILLI);

        assertThat(second.toJson().get("started").text()).hasValue(START.toString());
        assertThat(second.toJson().get("phases")).isEqualTo(Json.parse("""
                [{"phase": "stage", "start": 0, "milliseconds": 40},
                 {"phase": "publish", "start": 60000, "milliseconds": 3}]"""));
    }

    @Test
    void beginsAnewWhereNothingWasNoted() {
        Timeline timeline = Timeline.resumed(Json.object(), () -> nanos, InstantSource.fixed(START));

        assertThat(timeline.toJson().get("started").text()).hasValue(START.toString());
    }

    @Test
    void hasNotBegunInTheFuture() throws Exception {
        Json noted =
                Json.object().with("started", Json.of(START.plusSeconds(3600).toString()));
        Timeline timeline = Timeline.resumed(noted, () -> nanos, InstantSource.fixed(START));
        timeline.phase("publish", nanos, nanos);

        assertThat(timeline.toJson().get("phases").items().get(0).get("start").number())
                .hasValue(0);
    }
}
