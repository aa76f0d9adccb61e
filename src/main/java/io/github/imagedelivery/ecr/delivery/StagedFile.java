package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one module has staged, on disk ({@code staged.json}): all that is needed to publish it later, at the end of the
 * session, in another class loader or by another build. Holds no secret.
 *
 * @param json the document
 */
record StagedFile(Json json) {
    static final String NAME = "staged.json";
    private static final long SCHEMA = 1;

    /** Describes a staged image. */
    static StagedFile of(StagedImage image) {
        StagedImage.Details details = image.details();
        return new StagedFile(Json.object()
                .with("schema", Json.of(SCHEMA))
                .with("module", Json.of(image.module()))
                .with("policy", StagedPolicy.write(details.policy()))
                .with("coordinates", StagedCoordinates.write(image.coordinates()))
                .with("image", manifest(image.plan().version().next()))
                .with("new", Json.of(details.isNew()))
                .with("description", description(image.access().repository()))
                .with("before", before(image.access().before()))
                .with("report", details.report())
                .with("milliseconds", Reporter.timings(details.timings().millis()))
                .with("timeline", details.timings().timeline().toJson())
                .with("traffic", Reporter.traffic(details.traffic())));
    }

    /** Writes the file into the directory. */
    void write(Path directory) throws DeliveryException {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(NAME), json.pretty(), UTF_8);
        } catch (IOException e) {
            throw DeliveryException.ofService(
                    "What was staged cannot be noted; nothing was tagged", e, "make " + directory + " writable");
        }
    }

    /** Tells whether the file is in the directory. */
    static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(NAME));
    }

    /** Reads the file in the directory. */
    static StagedFile read(Path directory) throws DeliveryException {
        try {
            Json json = Json.parse(Files.readAllBytes(directory.resolve(NAME)));
            if (json.get("schema").number().orElse(0) != SCHEMA) {
                throw new FormatException("schema " + SCHEMA + " expected");
            }
            return new StagedFile(json);
        } catch (IOException | FormatException e) {
            throw unreadable(e);
        }
    }

    String module() {
        return json.get("module").text().orElse("");
    }

    /** Tells whether the repository did not have the image before it was staged. */
    boolean isNew() {
        return json.get("new").isTrue();
    }

    /** Returns the same for an image that others may have put tags on since it was staged. */
    StagedFile asOld() {
        return new StagedFile(json.with("new", Json.of(false)));
    }

    PublishPolicy policy() throws DeliveryException {
        try {
            return StagedPolicy.read(json.get("policy"));
        } catch (FormatException e) {
            throw unreadable(e);
        }
    }

    Json report() {
        return json.get("report");
    }

    /** Returns what is asked of the repository before the image is published. */
    Preflight.Question question() throws DeliveryException {
        return new Preflight.Question(coordinates(), List.of());
    }

    Coordinates coordinates() throws DeliveryException {
        try {
            return StagedCoordinates.read(json.get("coordinates"));
        } catch (FormatException e) {
            throw unreadable(e);
        }
    }

    Manifest image() throws DeliveryException {
        try {
            return manifest(json.get("image"));
        } catch (FormatException e) {
            throw unreadable(e);
        }
    }

    /** Returns what ECR said of the repository when the image was staged. */
    RepositoryDescription repository() throws DeliveryException {
        Json description = json.get("description");
        return new RepositoryDescription(
                coordinates().repository().value(),
                description.get("uri").text().orElse(""),
                description.get("mutability").text().orElse(""),
                description.get("exclusionFilters").items().stream()
                        .flatMap(filter -> filter.text().stream())
                        .toList());
    }

    private static Json description(RepositoryDescription repository) {
        return Json.object()
                .with("uri", Json.of(repository.uri()))
                .with("mutability", Json.of(repository.mutability()))
                .with("exclusionFilters", Json.texts(repository.exclusionFilters()));
    }

    /** Returns what the tags pointed at before the image was staged. */
    Map<Tag, Manifest> before() throws DeliveryException {
        Map<Tag, Manifest> before = new HashMap<>();
        try {
            for (Map.Entry<String, Json> tag : json.get("before").members().entrySet()) {
                before.put(Tag.parse(tag.getKey()), manifest(tag.getValue()));
            }
        } catch (FormatException e) {
            throw unreadable(e);
        }
        return before;
    }

    Map<String, Long> milliseconds() {
        Map<String, Long> milliseconds = new LinkedHashMap<>();
        json.get("milliseconds").members().forEach((phase, time) -> milliseconds.put(phase, count(time)));
        return milliseconds;
    }

    /** Returns when what happened so far; it goes on by the clocks of the machine. */
    Timeline timeline() {
        return Timeline.resumed(json.get("timeline"), System::nanoTime, InstantSource.system());
    }

    /** Returns a count of the traffic so far: {@code requests}, {@code bytesSent} or {@code bytesReceived}. */
    long traffic(String name) {
        return count(json.get("traffic").get(name));
    }

    private static long count(Json number) {
        OptionalLong count = number.number();
        return count.orElse(0);
    }

    private static Json manifest(Manifest manifest) {
        return Json.object()
                .with("mediaType", Json.of(manifest.mediaType()))
                .with("content", Json.of(new String(manifest.bytes(), UTF_8)));
    }

    private static Manifest manifest(Json json) throws FormatException {
        Optional<String> content = json.get("content").text();
        return Manifest.parse(
                content.orElseThrow(() -> new FormatException("a manifest has no content"))
                        .getBytes(UTF_8),
                json.get("mediaType").text().orElse(""));
    }

    private static Json before(Map<Tag, Manifest> before) {
        Json tags = Json.object();
        for (Map.Entry<Tag, Manifest> tag : before.entrySet()) {
            tags = tags.with(tag.getKey().value(), manifest(tag.getValue()));
        }
        return tags;
    }

    private static DeliveryException unreadable(Exception cause) {
        return DeliveryException.ofUser(
                "What was staged cannot be read; nothing was tagged", cause, "stage the modules again with mvn deploy");
    }
}
