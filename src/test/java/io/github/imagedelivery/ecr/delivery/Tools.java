package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs that others have written, as a user has them: what they say of an image is what counts. */
final class Tools {
    private final Path directory;

    /**
     * Takes a directory to work in; Podman keeps its images there.
     */
    Tools(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where a program is not installed, but for a CI job. */
    static void assume(String... programs) {
        for (String program : programs) {
            boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
            assumeTrue(installed || System.getenv("CI") != null, program + " is not installed");
        }
    }

    /** Runs skopeo and returns the bytes that it prints. */
    byte[] skopeo(String... arguments) throws IOException, InterruptedException {
        return run(List.of("skopeo", "--insecure-policy", "--override-os=linux", "--override-arch=amd64"), arguments);
    }

    /** Copies an image with skopeo out of the embedded ECR. */
    void pull(LocalEcr ecr, String image, String target) throws IOException, InterruptedException {
        skopeo(
                "copy",
                "--all",
                "--src-tls-verify=false",
                "--src-creds",
                "AWS:" + ecr.password(),
                remote(ecr, image),
                target);
    }

    static String remote(LocalEcr ecr, String image) {
        return "docker://" + ecr.registryHost() + "/" + image;
    }

    /** Runs Podman on images of its own, and returns what it prints. */
    String podman(String... arguments) throws IOException, InterruptedException {
        return new String(
                run(
                        List.of(
                                "podman",
                                "--root=" + directory.resolve("podman"),
                                "--runroot=" + directory.resolve("podman-run"),
                                "--storage-driver=vfs"),
                        arguments),
                UTF_8);
    }

    /** Returns what Podman knows of an image. */
    Json podmanImage(String name) throws IOException, InterruptedException, FormatException {
        List<Json> images = Json.parse(podman("image", "inspect", name)).items();
        assertThat(images).hasSize(1);
        return images.get(0);
    }

    /** Lists a compressed layer as tar reads it: mode, owners, path, and where a link leads. */
    List<String> tar(Path layer) throws IOException, InterruptedException {
        String listing = new String(run(List.of("tar", "--numeric-owner", "-tvzf"), layer.toString()), UTF_8);
        return listing.lines()
                .map(line -> line.replaceFirst("^(\\S+) +(\\S+) +\\S+ +\\S+ +\\S+ ", "$1 $2 "))
                .toList();
    }

    private byte[] run(List<String> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, "errors", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor())
                .as("%s: %s%s", command, new String(output, UTF_8), Files.readString(errors))
                .isZero();
        return output;
    }
}
