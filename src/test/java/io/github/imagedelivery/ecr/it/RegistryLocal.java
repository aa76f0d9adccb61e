package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** The registry "local": no account, no server to start, work in progress allowed, an OCI image layout to look at. */
public final class RegistryLocal {
    private RegistryLocal() {}

    public static void prepare(File directory) throws Exception {
        Git.init(directory);
        Files.writeString(directory.toPath().resolve("draft.txt"), "not committed");
    }

    public static void verify(File directory) throws Exception {
        Path layout = directory.toPath().resolve("target/ecr/registry/shop/orders");
        Json index = Json.parse(Files.readAllBytes(layout.resolve("index.json")));
        assertThat(index.get("manifests").items())
                .extracting(image -> image.get("annotations")
                        .get("org.opencontainers.image.ref.name")
                        .text()
                        .orElse(""))
                .containsExactlyInAnyOrder(new Git(directory).head() + "-dirty", "1.4.0-SNAPSHOT-dirty");
        assertThat(Files.readString(directory.toPath().resolve("build.log"), UTF_8))
                .contains("shop/orders is missing; the embedded ECR creates it")
                .contains("skopeo inspect oci:" + layout + ":1.4.0-SNAPSHOT-dirty")
                .contains("already published under both tags");
    }
}
