package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.delivery.Coordinates;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@code ecr.outputPaths} but for the tar. Who publishes an image may be another goal or build than who made
 * it: in between, {@code outputs.json} says where they are to be.
 *
 * @param paths by the name that the file has among the parameters
 */
record ImageFiles(Map<String, Path> paths) {
    private static final String NOTE = "outputs.json";
    private static final String DIGEST = "digest";
    private static final String IMAGE_ID = "imageId";
    private static final String IMAGE_JSON = "imageJson";

    /**
     * What is written of an image.
     *
     * @param repository its name without a tag
     * @param coordinates its tags
     * @param digest digest of the image
     * @param imageId digest of its config
     * @param isPushed whether it is in ECR under its tags
     */
    record Facts(String repository, Coordinates coordinates, String digest, String imageId, boolean isPushed) {
        private Json toJson() {
            List<String> tags = coordinates.tags().stream().map(Tag::value).toList();
            return Json.object()
                    .with(
                            "image",
                            Json.of(repository + ":" + coordinates.versionTag().value()))
                    .with("imageId", Json.of(imageId))
                    .with("imageDigest", Json.of(digest))
                    .with("tags", Json.texts(tags))
                    .with("imagePushed", Json.of(isPushed));
        }
    }

    /** Reads the parameters; a property beats the element. */
    static ImageFiles of(OutputParameters raw) {
        OutputPaths element = Optional.ofNullable(raw.outputPaths).orElseGet(OutputPaths::new);
        Map<String, Path> paths = new TreeMap<>();
        put(paths, DIGEST, raw.outputDigest, element.digest);
        put(paths, IMAGE_ID, raw.outputImageId, element.imageId);
        put(paths, IMAGE_JSON, raw.outputImageJson, element.imageJson);
        return new ImageFiles(paths);
    }

    /** Refuses a name in which Maven has left an expression standing. */
    static ImageFiles requireResolved(OutputParameters raw) throws DeliveryException {
        ImageFiles files = of(raw);
        Map<String, Path> all = new TreeMap<>(files.paths);
        tar(raw).ifPresent(path -> all.put("tar", path));
        for (Map.Entry<String, Path> path : all.entrySet()) {
            if (!Parameters.isResolved(path.getValue().toString())) {
                throw Parameters.unresolved(
                        "ecr.outputPaths." + path.getKey(), path.getValue().toString());
            }
        }
        return files;
    }

    private static void put(Map<String, Path> paths, String name, @Nullable File property, @Nullable File element) {
        Optional.ofNullable(property)
                .or(() -> Optional.ofNullable(element))
                .ifPresent(file -> paths.put(name, file.toPath().toAbsolutePath()));
    }

    /** Returns where the tar is to be, if that is said. */
    static Optional<Path> tar(OutputParameters raw) {
        return Optional.ofNullable(raw.outputTar)
                .or(() -> Optional.ofNullable(raw.outputPaths).map(paths -> paths.tar))
                .map(File::toPath);
    }

    /** Removes what an earlier build has left: nobody must take it for this one's. */
    void forget(Path reports) throws DeliveryException {
        try {
            Files.deleteIfExists(reports.resolve(NOTE));
            for (Path path : paths.values()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw unwritable(e, "nothing was built or sent");
        }
    }

    /** Notes where the files are to be, for whoever publishes the image. */
    void note(Path reports) throws DeliveryException {
        if (paths.isEmpty()) {
            return;
        }
        Json json = Json.object();
        for (Map.Entry<String, Path> path : paths.entrySet()) {
            json = json.with(path.getKey(), Json.of(path.getValue().toString()));
        }
        write(reports.resolve(NOTE), json.pretty(), "nothing was tagged");
    }

    /** Takes up what {@link #note} has left. */
    static ImageFiles noted(Path reports) throws DeliveryException {
        Map<String, Path> paths = new TreeMap<>();
        Path note = reports.resolve(NOTE);
        if (!Files.isRegularFile(note)) {
            return new ImageFiles(paths);
        }
        try {
            Json.parse(Files.readAllBytes(note))
                    .members()
                    .forEach((name, path) -> path.text().map(Path::of).ifPresent(file -> paths.put(name, file)));
            return new ImageFiles(paths);
        } catch (IOException | FormatException e) {
            throw unwritable(e, "the image is published");
        }
    }

    /** Writes the files. */
    void write(Facts facts) throws DeliveryException {
        String left = facts.isPushed() ? "the image is published" : "the image is written";
        Map<String, String> contents = Map.of(
                DIGEST,
                facts.digest(),
                IMAGE_ID,
                facts.imageId(),
                IMAGE_JSON,
                facts.toJson().toString());
        for (Map.Entry<String, Path> path : paths.entrySet()) {
            write(path.getValue(), contents.getOrDefault(path.getKey(), ""), left);
        }
    }

    private static void write(Path file, String content, String left) throws DeliveryException {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Files.writeString(file, content, UTF_8);
        } catch (IOException e) {
            throw unwritable(e, left);
        }
    }

    private static DeliveryException unwritable(Exception cause, String left) {
        return DeliveryException.ofUser(
                "The files of ecr.outputPaths cannot be written; " + left,
                cause.toString(),
                "name files in ecr.outputPaths that can be written");
    }
}
