package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Outcome;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads out of the reports how deliveries have ended. */
public final class Outcomes {
    private static final String UPLOADED = Staging.Fate.UPLOADED.name().toLowerCase(Locale.ROOT);

    private Outcomes() {}

    /**
     * Returns how the delivery of a module has ended; empty if there is no report.
     *
     * @param reports the module's report directory
     */
    public static Optional<Outcome> in(Path reports) {
        return PushFile.read(reports).map(Outcomes::of);
    }

    private static Outcome of(Json report) {
        Map<String, Long> milliseconds = new LinkedHashMap<>();
        report.get("milliseconds")
                .members()
                .forEach((phase, time) -> time.number().ifPresent(millis -> milliseconds.put(phase, millis)));
        return new Outcome(
                text(report, "module"),
                result(report),
                image(report),
                content(report),
                milliseconds,
                report.get("error").items().stream()
                        .flatMap(line -> line.text().stream())
                        .toList());
    }

    /** Between staged and published there is no result yet; a phase that has not come to one is over all the same. */
    private static String result(Json report) {
        boolean isStaged =
                report.get("phase").text().filter(Phase.STAGED.word()::equals).isPresent();
        return report.get("result").text().orElse(isStaged ? Phase.STAGED.name() : Result.UNKNOWN.name());
    }

    private static Optional<Outcome.Image> image(Json report) {
        Json coordinates = report.get("coordinates");
        return report.get("image")
                .text()
                .map(reference -> new Outcome.Image(
                        reference,
                        text(report, "digest"),
                        text(coordinates.get("sha"), "value"),
                        coordinates.get("additional").items().stream()
                                .map(tag -> text(tag, "value"))
                                .toList(),
                        text(coordinates.get("version"), "value")));
    }

    private static Optional<Outcome.Content> content(Json report) {
        if (report.get("config").isMissing()) {
            return Optional.empty();
        }
        List<Json> blobs = Stream.concat(report.get("layers").items().stream(), Stream.of(report.get("config")))
                .toList();
        List<Json> reused = blobs.stream()
                .filter(blob -> !text(blob, "fate").equals(UPLOADED))
                .toList();
        return Optional.of(new Outcome.Content(blobs.size(), bytes(blobs), reused.size(), bytes(reused)));
    }

    private static long bytes(List<Json> blobs) {
        return blobs.stream()
                .mapToLong(blob -> blob.get("size").number().orElse(0))
                .sum();
    }

    private static String text(Json object, String member) {
        return object.get(member).text().orElse("");
    }
}
