package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.image.BuiltImage;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what became of an image, for scripts and later goals: {@code push.json} (its schema is the site's page
 * "Report"), {@code digest} and {@code image-id}. The last two are there only when both tags point at the image.
 */
final class Reporter {
    private static final long SCHEMA = 1;

    /** Removes what an earlier delivery of the module has left: a later goal must not take it for this one's. */
    static void forget(Path directory) throws DeliveryException {
        try {
            Files.deleteIfExists(directory.resolve("push.json"));
            Files.deleteIfExists(directory.resolve(StagedFile.NAME));
            Files.deleteIfExists(directory.resolve(Comparer.FILE));
            removeResults(directory);
        } catch (IOException e) {
            throw DeliveryException.ofUser(
                    "The last delivery's report cannot be removed; nothing was built or sent",
                    e.toString(),
                    "make " + directory + " writable");
        }
    }

    /** Writes the report of a publication. */
    void write(Publication publication) throws DeliveryException {
        StagedImage image = publication.image();
        Path directory = image.reports();
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("push.json"), report(publication).pretty());
            removeResults(directory);
            Files.deleteIfExists(directory.resolve(Comparer.FILE));
            if (publication.result().isSuccess()) {
                Files.writeString(directory.resolve("digest"), image.digest().toString(), UTF_8);
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

    /** Writes the report of a delivery that ended before its image was staged; what hinders it is added to the error. */
    void writeFailure(Module module, DeliveryException error) {
        Result result = error.isUserError() && !error.isAfterSending() ? Result.REFUSED : Result.FAILED_CLEAN;
        try {
            Files.createDirectories(module.reports());
            removeResults(module.reports());
            Json report = head(module.name(), result).with("error", lines(error));
            Files.writeString(module.reports().resolve("push.json"), report.pretty());
        } catch (IOException e) {
            error.addSuppressed(e);
        }
    }

    private static void removeResults(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve("digest"));
        Files.deleteIfExists(directory.resolve("image-id"));
    }

    private static Json head(String module, Result result) {
        return Json.object()
                .with("schema", Json.of(SCHEMA))
                .with("module", Json.of(module))
                .with("result", Json.of(result.name()));
    }

    private static Json report(Publication publication) {
        StagedImage image = publication.image();
        Json report = head(image.module(), publication.result());
        if (publication.error().isPresent()) {
            report = report.with("error", lines(publication.error().get()));
        }
        for (Map.Entry<String, Json> member : image.details().report().members().entrySet()) {
            report = report.with(member.getKey(), member.getValue());
        }
        return report.with("milliseconds", timings(image.details().timings().millis()))
                .with("traffic", traffic(image.details().traffic()));
    }

    /** Describes an image as far as it is known once it is staged: all but the result and what publishing costs. */
    static Json staged(String uri, Coordinates target, BuiltImage image, BaseSource base, Staging staging) {
        String digest = image.manifest().digest().toString();
        return Json.object()
                .with("image", Json.of(uri + "@" + digest))
                .with("digest", Json.of(digest))
                .with("imageId", Json.of(image.config().descriptor().digest().toString()))
                .with("platform", Json.of(image.platform().toString()))
                .with("coordinates", coordinates(uri, target))
                .with("base", Json.of(base.pinned()))
                .with(
                        "layers",
                        Json.array(staging.layers().stream().map(Reporter::part).toList()))
                .with("config", part(staging.config()));
    }

    /** Describes an image that was there already and is published as it is. */
    static Json adopted(String uri, Coordinates target, Manifest image) {
        String imageId = image.json().get("config").get("digest").text().orElse("");
        return Json.object()
                .with("image", Json.of(uri + "@" + image.digest()))
                .with("digest", Json.of(image.digest().toString()))
                .with("imageId", Json.of(imageId))
                .with("coordinates", coordinates(uri, target))
                .with("adopted", Json.of(true));
    }

    private static Json coordinates(String uri, Coordinates target) {
        return Json.object()
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
    }

    static Json named(String value, String source) {
        return Json.object().with("value", Json.of(value)).with("source", Json.of(source));
    }

    static Json part(Part part) {
        return Json.object()
                .with("name", Json.of(part.name()))
                .with("digest", Json.of(part.descriptor().digest().toString()))
                .with("size", Json.of(part.descriptor().size()))
                .with("fate", Json.of(part.fate().name().toLowerCase(Locale.ROOT)));
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
