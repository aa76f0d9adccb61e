package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Path;
import java.util.Map;

/** Looks at a published image with a client that is not ours. */
final class SkopeoCheck {
    private SkopeoCheck() {}

    static boolean isPossible() {
        return Programs.find("skopeo").isPresent() || Programs.areMandatory();
    }

    /** Asserts that the image layout on disk can be read, and that the image in it is the one that was published. */
    static void readsTheLayout(Path layout, String tag, Digest digest) throws Exception {
        String inspected =
                Processes.run(Map.of(), "skopeo", "--insecure-policy", "inspect", "oci:" + layout + ":" + tag);
        assertThat(Json.parse(inspected.getBytes(UTF_8)).get("Digest").text()).hasValue(digest.toString());
    }

    /** Asserts that the image can be pulled, every blob of it, and is still the same then. */
    static void pulls(LocalEcr ecr, String repository, String tag, Path target) throws Exception {
        Processes.run(
                Map.of(),
                "skopeo",
                "--insecure-policy",
                "copy",
                "--src-tls-verify=false",
                "--src-creds",
                "AWS:" + ecr.password(),
                "docker://" + ecr.registryHost() + "/" + repository + ":" + tag,
                "oci:" + target + ":" + tag);
        Digest published = ecr.tags(repository).get(tag);
        assertThat(published).isNotNull();
        readsTheLayout(target, tag, published);
    }
}
