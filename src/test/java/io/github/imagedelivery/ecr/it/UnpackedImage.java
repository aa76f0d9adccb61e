package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * An image out of the registry, its layers laid over each other in a directory, and how it is to be started
 * (image-spec, config.md).
 *
 * @param root directory that holds its files
 * @param command entrypoint and default arguments
 * @param environment its variables, and no others
 * @param workingDirectory absolute path inside
 * @param user user id that it runs as
 * @param group group id that it runs as
 */
record UnpackedImage(
        Path root,
        List<String> command,
        Map<String, String> environment,
        String workingDirectory,
        String user,
        String group) {

    /** Unpacks the image below a directory that is not there yet. */
    static UnpackedImage of(LocalEcr ecr, String repository, Digest digest, Path root) throws Exception {
        Manifest manifest = ecr.manifest(repository, digest).orElseThrow();
        Files.createDirectories(root.getParent());
        Files.createDirectory(root);
        for (Descriptor layer : manifest.layers()) {
            Path file = root.resolveSibling("layer.tar");
            Files.write(file, tar(layer.mediaType(), ecr.blob(repository, layer.digest())));
            unpack(file, root);
            Files.delete(file);
        }
        Json config = Json.parse(
                        ecr.blob(repository, manifest.config().orElseThrow().digest()))
                .get("config");
        String[] user = config.get("User").text().orElse("").split(":", -1);
        assertThat(user).as("user and group of the image").hasSize(2).allMatch(id -> id.matches("[0-9]+"));
        return new UnpackedImage(
                root,
                Stream.concat(texts(config.get("Entrypoint")), texts(config.get("Cmd")))
                        .toList(),
                texts(config.get("Env"))
                        .collect(Collectors.toMap(
                                entry -> entry.substring(0, entry.indexOf('=')),
                                entry -> entry.substring(entry.indexOf('=') + 1))),
                config.get("WorkingDir").text().filter(path -> !path.isEmpty()).orElse("/"),
                user[0],
                user[1]);
    }

    private static byte[] tar(String mediaType, byte[] layer) throws IOException {
        InputStream compressed = new ByteArrayInputStream(layer);
        try (InputStream tar = mediaType.equals(MediaTypes.OCI_LAYER_ZSTD)
                ? new ZstdInputStream(compressed)
                : new GZIPInputStream(compressed)) {
            return tar.readAllBytes();
        }
    }

    private static void unpack(Path layer, Path root) throws Exception {
        // Whiteouts delete what lower layers hold; nothing that we publish or link has one, so none is obeyed.
        assertThat(Processes.run(Map.of(), "tar", "--warning=no-unknown-keyword", "-tf", layer.toString()))
                .doesNotContainPattern("(?m)(?:^|/)\\.wh\\.");
        Processes.run(Map.of(), "tar", "--warning=no-unknown-keyword", "-xf", layer.toString(), "-C", root.toString());
    }

    private static Stream<String> texts(Json array) {
        return array.items().stream().map(item -> item.text().orElseThrow());
    }

    /** Returns the file that the command starts, as a path inside, found as {@code execvp} does. */
    String executable() {
        String name = command.get(0);
        return Stream.of(environment.getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .map(directory -> Path.of("/").resolve(directory).resolve(name))
                .filter(path -> Files.isExecutable(root.resolve(path.toString().substring(1))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the image has no executable " + name))
                .toString();
    }
}
