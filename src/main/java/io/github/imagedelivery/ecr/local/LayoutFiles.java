package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reads and writes the files of one OCI image layout: {@code index.json}, which alone says what images and tags there
 * are, and {@code repository.json} with what the specification has no place for.
 */
final class LayoutFiles {
    static final String INDEX = "index.json";
    static final String BLOBS = "blobs";
    private static final String LAYOUT = "oci-layout";
    private static final String EXTRA = "repository.json";
    private static final Set<String> RESERVED = Set.of(INDEX, BLOBS, LAYOUT, EXTRA);
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final Path aside;

    /**
     * Creates the reader and writer.
     *
     * @param aside directory on the same file system, for files that are not finished
     */
    LayoutFiles(Path aside) {
        this.aside = aside;
    }

    /** Tells whether a part of a repository's name would collide with the files of a layout. */
    static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    void write(Path directory, Snapshot snapshot) throws IOException {
        Files.createDirectories(directory.resolve(BLOBS).resolve("sha256"));
        replace(directory.resolve(LAYOUT), Json.object().with("imageLayoutVersion", Json.of("1.0.0")));
        replace(directory.resolve(EXTRA), extra(snapshot));
        replace(directory.resolve(INDEX), index(snapshot));
    }

    private void replace(Path file, Json content) throws IOException {
        Path fresh = aside.resolve(UUID.randomUUID().toString());
        Files.writeString(fresh, content.pretty());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Json extra(Snapshot snapshot) {
        Json pushed = Json.object();
        for (Snapshot.Kept image : snapshot.images()) {
            pushed = pushed.with(
                    image.manifest().digest().toString(),
                    Json.of(image.pushedAt().toString()));
        }
        return Json.object()
                .with("createdAt", Json.of(snapshot.createdAt().toString()))
                .with(
                        "imageTagMutability",
                        Json.of(snapshot.rules().mutability().name()))
                .with("exclusionFilters", Json.texts(snapshot.rules().filters()))
                .with("pushedAt", pushed)
                .with("tagHistory", snapshot.history().toJson());
    }

    private static Json index(Snapshot snapshot) {
        List<Json> entries = new ArrayList<>();
        for (Snapshot.Kept image : snapshot.images()) {
            Digest digest = image.manifest().digest();
            List<String> tags = snapshot.tags().entrySet().stream()
                    .filter(tag -> tag.getValue().equals(digest))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            Json entry = image.manifest().toJson();
            if (tags.isEmpty()) {
                entries.add(entry);
            }
            for (String tag : tags) {
                entries.add(entry.with("annotations", Json.object().with(REF_NAME, Json.of(tag))));
            }
        }
        return Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with("manifests", Json.array(entries));
    }

    Snapshot read(Path directory, String repository) throws IOException {
        try {
            RepositoryName.parse(repository);
            Json index = Json.parse(Files.readString(directory.resolve(INDEX)));
            Path extraFile = directory.resolve(EXTRA);
            Json extra = Files.exists(extraFile) ? Json.parse(Files.readString(extraFile)) : Json.object();
            return snapshot(repository, index, extra);
        } catch (FormatException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("the image layout in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Snapshot snapshot(String repository, Json index, Json extra) throws FormatException {
        Map<Digest, Snapshot.Kept> images = new LinkedHashMap<>();
        Map<String, Digest> tags = new LinkedHashMap<>();
        for (Json entry : index.get("manifests").items()) {
            Descriptor manifest = Descriptor.read(entry);
            Instant pushedAt = time(extra.get("pushedAt").get(manifest.digest().toString()));
            images.put(manifest.digest(), new Snapshot.Kept(manifest, pushedAt));
            entry.get("annotations").get(REF_NAME).text().ifPresent(tag -> tags.put(tag, manifest.digest()));
        }
        TagMutability mutability = extra.get("imageTagMutability")
                .text()
                .map(TagMutability::valueOf)
                .orElse(TagMutability.MUTABLE);
        List<String> filters = extra.get("exclusionFilters").items().stream()
                .flatMap(filter -> filter.text().stream())
                .toList();
        Snapshot.Rules rules = new Snapshot.Rules(mutability, filters);
        TagHistory history = TagHistory.read(extra.get("tagHistory"));
        return new Snapshot(
                repository, rules, time(extra.get("createdAt")), List.copyOf(images.values()), tags, history);
    }

    private static Instant time(Json text) {
        return text.text().map(Instant::parse).orElse(Instant.EPOCH);
    }
}
