package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that we have not written pushes and pulls, and reads what lies on disk. */
class SkopeoTest {
    @TempDir
    Path directory;

    @BeforeAll
    static void needsSkopeo() {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "skopeo")));
        assumeTrue(installed || System.getenv("CI") != null, "skopeo is not installed: apt-get install skopeo");
    }

    @Test
    void copiesAnImageInAndOut() throws Exception {
        SampleImage image = SampleImage.of("skopeo");
        Path source = layout(image);
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.createRepository("orders");
            String remote = "docker://" + ecr.registryHost() + "/orders:1.4.0";
            String credentials = "AWS:" + ecr.password();

            skopeo("copy", "--dest-tls-verify=false", "--dest-creds", credentials, "oci:" + source + ":1", remote);
            Path target = directory.resolve("pulled");
            skopeo("copy", "--src-tls-verify=false", "--src-creds", credentials, remote, "oci:" + target + ":1");

            assertThat(ecr.tags("orders")).containsEntry("1.4.0", image.digest());
            assertThat(target.resolve("blobs/sha256").resolve(image.digest().encoded()))
                    .exists();
            assertThat(ecr.requests())
                    .extracting(RecordedRequest::kind)
                    .contains("PATCH /v2/orders/blobs/uploads/<session>");
        }
    }

    @Test
    void readsTheLayoutThatAPushLeftOnDisk() throws Exception {
        SampleImage image = SampleImage.of("layout");
        Path storage = directory.resolve("registry");
        try (LocalEcr ecr =
                LocalEcr.builder().storage(storage).createOnPush(true).start()) {
            String remote = "docker://" + ecr.registryHost() + "/team/orders:1.4.0";
            String credentials = "AWS:" + ecr.password();
            skopeo(
                    "copy",
                    "--dest-tls-verify=false",
                    "--dest-creds",
                    credentials,
                    "oci:" + layout(image) + ":1",
                    remote);

            String inspected = skopeo("inspect", "oci:" + storage.resolve("team/orders") + ":1.4.0");

            assertThat(inspected)
                    .contains(
                            image.digest().toString(),
                            image.layer().descriptor().digest().toString());
        }
    }

    private Path layout(SampleImage image) throws IOException {
        Path root = directory.resolve("source");
        try (LocalEcr ecr = LocalEcr.builder().storage(root).start()) {
            ecr.createRepository("app");
            ecr.seed("app", "1", image.manifest(), image.blobs());
        }
        return root.resolve("app");
    }

    private String skopeo(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "skopeo", ".log");
        List<String> command = Stream.concat(Stream.of("skopeo", "--insecure-policy"), Stream.of(arguments))
                .toList();
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String text = Files.readString(output);
        assertThat(status).as(text).isZero();
        return text;
    }
}
