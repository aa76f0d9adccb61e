package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what became of an image, for scripts and later goals: {@code push.json} (its schema is the site's page
 * "Report"), {@code digest} and {@code image-id}. The last two are there only when all tags point at the image.
 */
final class Reporter {
    /** Is there when all tags point at the image, and only then. */
    static final String DIGEST = "digest";

    /** Removes what an earlier delivery of the module has left: a later goal must not take it for this one's. */
    static void forget(Path directory) throws DeliveryException {
        try {
            PushFile.remove(directory);
            ReportFile.remove(directory);
            Files.deleteIfExists(directory.resolve(StagedFile.NAME));
            Files.deleteIfExists(directory.resolve(Comparer.FILE));
            Files.deleteIfExists(directory.resolve(PushPlan.FILE));
            removeResults(directory);
        } catch (IOException e) {
            throw DeliveryException.ofUser(
                    "The last delivery's report cannot be removed; nothing was built or sent",
                    e.toString(),
                    "make " + directory + " writable");
        }
    }

    /** Writes the report of a publication; the entry tells how far it came. */
    void write(Publication publication, Journal.Entry entry) throws DeliveryException {
        StagedImage image = publication.image();
        Path directory = image.reports();
        try {
            removeResults(directory);
            Files.deleteIfExists(directory.resolve(Comparer.FILE));
            Json report = report(publication, entry.ended(publication.result()));
            PushFile.write(directory, report);
            ReportFile.write(directory, report);
            if (publication.result().isSuccess()) {
                Files.writeString(directory.resolve(DIGEST), image.digest().toString(), UTF_8);
                String imageId = image.details().report().get("imageId").text().orElse("");
                Files.writeString(directory.resolve("image-id"), imageId, UTF_8);
            }
        } catch (IOException e) {
            throw DeliveryException.ofService(
                    "The report cannot be written; the delivery itself ended " + publication.result(),
                    e.toString(),
                    "make " + directory + " writable");
        }
    }

    /**
     * Writes the report of a delivery that ended before its image was staged; what hinders it is added to the error.
     */
    void writeFailure(Module module, DeliveryException error) {
        Result result = error.isUserError() && !error.isAfterSending() ? Result.REFUSED : Result.FAILED_CLEAN;
        try {
            removeResults(module.reports());
            Json report = head(module.name()).with("result", Json.of(result.name()));
            if (error.isAfterSending()) {
                report = withEntry(report, Journal.Entry.STAGING);
            }
            report = report.with("error", lines(error));
            PushFile.write(module.reports(), report);
            ReportFile.write(module.reports(), report);
        } catch (IOException e) {
            error.addSuppressed(e);
        }
    }

    private static void removeResults(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(DIGEST));
        Files.deleteIfExists(directory.resolve("image-id"));
    }

    private static Json head(String module) {
        return Json.object().with("schema", Json.of(PushFile.SCHEMA)).with("module", Json.of(module));
    }

    private static Json withEntry(Json report, Journal.Entry entry) {
        List<String> created = entry.created().stream().map(Tag::value).toList();
        return report.with("phase", Json.of(entry.phase().word())).with("created", Json.texts(created));
    }

    /** Returns the report with more members. */
    static Json withAll(Json report, Json members) {
        Json all = report;
        for (Map.Entry<String, Json> member : members.members().entrySet()) {
            all = all.with(member.getKey(), member.getValue());
        }
        return all;
    }

    private static Json report(Publication publication, Journal.Entry entry) {
        StagedImage image = publication.image();
        Json result =
                head(image.module()).with("result", Json.of(publication.result().name()));
        Json report = withEntry(result, entry);
        if (publication.error().isPresent()) {
            report = report.with("error", lines(publication.error().get()));
        }
        return withAll(report, known(image));
    }

    /** Describes an image whose delivery has not ended. */
    static Json unfinished(StagedImage image, Journal.Entry entry) {
        return withAll(withEntry(head(image.module()), entry), known(image));
    }

    /** Returns all that is known of an image but how far it has come. */
    private static Json known(StagedImage image) {
        StagedImage.Details details = image.details();
        Json known = details.report().with("tags", BeforeAndNow.tags(image.plan()));
        Optional<Json> previous = BeforeAndNow.previous(image.plan());
        if (previous.isPresent()) {
            known = known.with("previous", previous.get());
        }
        return known.with("milliseconds", timings(details.timings().millis()))
                .with("timeline", details.timings().timeline().toJson())
                .with("traffic", traffic(details.traffic()));
    }

    /** Describes an image whose content is about to be sent. */
    static Json staging(String module, String uri, Coordinates target, Manifest image) {
        return withAll(withEntry(head(module), Journal.Entry.STAGING), identity(uri, image))
                .with("coordinates", coordinates(uri, target));
    }

    private static Json identity(String uri, Manifest image) {
        return Json.object()
                .with("image", Json.of(uri + "@" + image.digest()))
                .with("digest", Json.of(image.digest().toString()));
    }

    /** Describes an image as far as it is known once it is staged: all but the result and what publishing costs. */
    static Json staged(
            String uri, Coordinates target, ImageSet images, Optional<PlatformBases> bases, Staging staging) {
        Staging.Image first = staging.first();
        Json report = identity(uri, images.root())
                .with("imageId", Json.of(first.config().descriptor().digest().toString()))
                .with("platform", Json.of(first.platform().toString()))
                .with("coordinates", coordinates(uri, target))
                .with(
                        bases.isPresent() ? "base" : "prebuilt",
                        bases.map(PlatformBases::pinned).map(Json::of).orElseGet(() -> Json.of(true)))
                .with(
                        "layers",
                        Json.array(first.layers().stream().map(Reporter::part).toList()))
                .with("config", part(first.config()))
                .with("bytes", bytes(staging));
        return images.root().isIndex() ? report.with("platforms", platforms(staging)) : report;
    }

    private static Json platforms(Staging staging) {
        return Json.array(staging.images().stream()
                .map(image -> Json.object()
                        .with("platform", Json.of(image.platform().toString()))
                        .with("digest", Json.of(image.digest().toString()))
                        .with(
                                "imageId",
                                Json.of(image.config().descriptor().digest().toString()))
                        .with(
                                "layers",
                                Json.array(image.layers().stream()
                                        .map(Reporter::part)
                                        .toList()))
                        .with("config", part(image.config())))
                .toList());
    }

    /** Describes an image that was there already and is published as it is. */
    static Json adopted(String uri, Coordinates target, Manifest image) {
        String imageId = image.json().get("config").get("digest").text().orElse("");
        return identity(uri, image)
                .with("imageId", Json.of(imageId))
                .with("coordinates", coordinates(uri, target))
                .with("adopted", Json.of(true));
    }

    private static Json coordinates(String uri, Coordinates target) {
        Json coordinates = Json.object()
                .with("repository", named(uri, target.repository().source()))
                .with(
                        "registry",
                        Json.object().with("source", Json.of(target.registry().source())))
                .with(
                        "sha",
                        named(target.shaTag().value().value(), target.shaTag().source()))
                .with(
                        "version",
                        named(
                                target.versionTag().value().value(),
                                target.versionTag().source()));
        // Absent where there are none: a report of two tags is as it always was.
        return target.additional().isEmpty()
                ? coordinates
                : coordinates.with(
                        "additional",
                        Json.array(target.additional().stream()
                                .map(tag -> named(tag.tag().value(), tag.template()))
                                .toList()));
    }

    static Json named(String value, String source) {
        return Json.object().with("value", Json.of(value)).with("source", Json.of(source));
    }

    static Json part(Part part) {
        return Json.object()
                .with("name", Json.of(part.name()))
                .with("digest", Json.of(part.descriptor().digest().toString()))
                .with("size", Json.of(part.descriptor().size()))
                .with("fate", Json.of(word(part.fate())));
    }

    private static Json bytes(Staging staging) {
        Json bytes = Json.object();
        for (Fate fate : Fate.values()) {
            bytes = bytes.with(word(fate), Json.of(staging.bytes(fate)));
        }
        return bytes.with("saved", Json.of(staging.saved()));
    }

    /** Returns what a fate is called in a report. */
    static String word(Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT);
    }

    static Json timings(Map<String, Long> millis) {
        Json timings = Json.object();
        for (Map.Entry<String, Long> phase : millis.entrySet()) {
            timings = timings.with(phase.getKey(), Json.of(phase.getValue()));
        }
        return timings;
    }

    static Json traffic(Traffic traffic) {
        return Json.object()
                .with("requests", Json.of(traffic.requests()))
                .with("bytesSent", Json.of(traffic.sent()))
                .with("bytesReceived", Json.of(traffic.received()));
    }

    private static Json lines(DeliveryException error) {
        return Json.texts(error.getMessage().lines().map(String::strip).toList());
    }
}
