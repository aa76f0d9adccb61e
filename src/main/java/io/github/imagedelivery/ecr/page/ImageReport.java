package io.github.imagedelivery.ecr.page;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report of one image, {@code push.json}, as a page reads it. It may have been written by anybody, so nothing is taken
 * for granted: what is not there reads as empty.
 *
 * @param json the report
 * @param difference in what the image differs from the one that has its SHA tag, where that was refused; else empty
 */
public record ImageReport(Json json, String difference) {
    private static final int LONGEST = 1000;

    /**
     * A layer or the config.
     *
     * @param name what is in it
     * @param digest its digest
     * @param size its bytes
     * @param fate how it came into the repository
     */
    record Blob(String name, String digest, long size, Fate fate) {}

    /** The layers and the config of one platform. */
    record Platform(String name, String digest, List<Blob> layers, List<Blob> config) {
        /** Returns all blobs, layers first. */
        List<Blob> blobs() {
            List<Blob> blobs = new ArrayList<>(layers);
            blobs.addAll(config);
            return blobs;
        }
    }

    /**
     * Something that took time.
     *
     * @param name the phase, or the digest of the blob
     * @param start milliseconds after the start of the delivery
     * @param millis how long it took
     */
    record Span(String name, long start, long millis) {
        long end() {
            return start + millis;
        }
    }

    /**
     * A tag and what it pointed at before.
     *
     * @param change {@code create}, {@code keep} or {@code move}
     * @param before digest of an image; empty for a tag that was free
     */
    record TagChange(String tag, String change, String before) {}

    /** The image that a tag pointed at before this one. */
    record Previous(String tag, String digest, List<Blob> layers, List<Platform> platforms) {}

    String module() {
        return text(json.get("module"));
    }

    Verdict verdict() {
        return Verdict.of(text(json.get("result")), text(json.get("phase")));
    }

    List<String> error() {
        return texts(json.get("error"));
    }

    String image() {
        return text(json.get("image"));
    }

    String digest() {
        return text(json.get("digest"));
    }

    String imageId() {
        return text(json.get("imageId"));
    }

    String platform() {
        return text(json.get("platform"));
    }

    String base() {
        return text(json.get("base"));
    }

    boolean isPrebuilt() {
        return json.get("prebuilt").isTrue();
    }

    boolean isAdopted() {
        return json.get("adopted").isTrue();
    }

    String repository() {
        return coordinate("repository");
    }

    /** Returns a coordinate: {@code repository}, {@code sha} or {@code version}. */
    String coordinate(String name) {
        return text(json.get("coordinates").get(name).get("value"));
    }

    /** Returns where a coordinate came from. */
    String source(String name) {
        return text(json.get("coordinates").get(name).get("source"));
    }

    List<String> additionalTags() {
        return json.get("coordinates").get("additional").items().stream()
                .map(tag -> text(tag.get("value")))
                .toList();
    }

    /** Returns what the image consists of, for each platform; none where that is not known. */
    List<Platform> platforms() {
        List<Json> several = json.get("platforms").items();
        if (!several.isEmpty()) {
            return several.stream().map(ImageReport::platform).toList();
        }
        return json.get("layers").isMissing() ? List.of() : List.of(platform(json));
    }

    private static Platform platform(Json json) {
        Json config = json.get("config");
        return new Platform(
                text(json.get("platform")),
                text(json.get("digest")),
                json.get("layers").items().stream().map(ImageReport::blob).toList(),
                config.isMissing() ? List.of() : List.of(blob(config)));
    }

    private static Blob blob(Json json) {
        return new Blob(
                text(json.get("name")),
                text(json.get("digest")),
                number(json.get("size")),
                Fate.of(text(json.get("fate"))));
    }

    /** Returns every blob of every platform once, by digest. */
    Map<String, Blob> blobs() {
        Map<String, Blob> blobs = new LinkedHashMap<>();
        for (Platform platform : platforms()) {
            platform.blobs().forEach(blob -> blobs.putIfAbsent(blob.digest(), blob));
        }
        return blobs;
    }

    /** Returns how many bytes the image has. */
    long size() {
        return blobs().values().stream().mapToLong(Blob::size).sum();
    }

    /** Returns how many bytes of the image have the fate. */
    long size(Fate fate) {
        return blobs().values().stream()
                .filter(blob -> blob.fate() == fate)
                .mapToLong(Blob::size)
                .sum();
    }

    Optional<Long> requests() {
        Json requests = json.get("traffic").get("requests");
        return requests.isMissing() ? Optional.empty() : Optional.of(number(requests));
    }

    /** Returns when the delivery began. */
    Optional<Instant> started() {
        try {
            return Optional.of(Instant.parse(text(json.get("timeline").get("started"))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Returns the phases in the order in which they began. */
    List<Span> phases() {
        return spans("phases", "phase");
    }

    /** Returns when which blob was brought into the repository. */
    List<Span> transfers() {
        return spans("blobs", "digest");
    }

    private List<Span> spans(String list, String name) {
        return json.get("timeline").get(list).items().stream()
                .map(span ->
                        new Span(text(span.get(name)), number(span.get("start")), number(span.get("milliseconds"))))
                .toList();
    }

    /** Returns how many milliseconds the delivery took, without what it waited for others. */
    long millis() {
        return phases().stream().mapToLong(Span::millis).sum();
    }

    /** Returns how many milliseconds after its start the delivery ended. */
    long end() {
        return phases().stream().mapToLong(Span::end).max().orElse(0);
    }

    List<TagChange> tags() {
        return json.get("tags").items().stream()
                .map(tag -> new TagChange(text(tag.get("tag")), text(tag.get("change")), text(tag.get("before"))))
                .toList();
    }

    Optional<Previous> previous() {
        Json previous = json.get("previous");
        return previous.isMissing()
                ? Optional.empty()
                : Optional.of(new Previous(
                        text(previous.get("tag")),
                        text(previous.get("digest")),
                        previous.get("layers").items().stream()
                                .map(ImageReport::blob)
                                .toList(),
                        previous.get("platforms").items().stream()
                                .map(ImageReport::platform)
                                .toList()));
    }

    private static List<String> texts(Json array) {
        return array.items().stream().map(ImageReport::text).toList();
    }

    private static String text(Json json) {
        return Texts.shown(json.text().orElse(""), LONGEST);
    }

    /** Nothing that is counted is negative, or takes longer than a year. */
    private static long number(Json json) {
        return Math.max(0, Math.min(json.number().orElse(0), Long.MAX_VALUE >> 20));
    }
}
