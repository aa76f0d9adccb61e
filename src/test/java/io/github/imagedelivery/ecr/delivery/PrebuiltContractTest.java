package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.PrebuiltImage;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that other tools have really built are pushed as those tools wrote them. */
class PrebuiltContractTest {
    private static final String BUILT = "localhost/shop/orders:1.4.0";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private Tools tools;

    @BeforeEach
    void open() throws Exception {
        fixture = new DeliveryFixture(directory);
        tools = new Tools(Files.createDirectories(directory.resolve("tools")));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** Builds a Dockerfile that needs nothing but itself, and returns the ID of the image. */
    private String build() throws Exception {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("hello.txt"), "hello");
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM scratch\nCOPY hello.txt /app/\nUSER 1000\nENTRYPOINT [\"/app/run\"]\n");
        tools.podman("build", "--quiet", "--tag", BUILT, context.toString());
        return tools.podmanImage(BUILT).get("Id").text().orElseThrow();
    }

    private Digest push(Path path) throws Exception {
        Module plain = fixture.orders().module();
        Module module = new Module(
                plain.name(),
                plain.coordinates(),
                plain.creation(),
                plain.policy(),
                new Prebuilt(PrebuiltImage.read(path, Optional.empty())),
                plain.reports());
        Digest digest = fixture.publish(fixture.delivery.stage(module, Exchange.Listener.NONE))
                .get(0)
                .image()
                .digest();
        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, "1.4.0").containsValue(digest);
        return digest;
    }

    private String idOf(Digest digest) throws Exception {
        return fixture.ecr
                .manifest("orders", digest)
                .orElseThrow()
                .config()
                .orElseThrow()
                .digest()
                .encoded();
    }

    @Test
    void aDockerfilesImageKeepsItsIdThroughADockerArchive() throws Exception {
        Tools.assume("podman");
        String id = build();
        Path archive = directory.resolve("image.tar");
        tools.podman("save", "--format", "docker-archive", "--output", archive.toString(), BUILT);

        Digest digest = push(archive);

        assertThat(idOf(digest)).isEqualTo(id);
    }

    @Test
    void aDockerfilesImageKeepsItsDigestThroughAnOciArchive() throws Exception {
        Tools.assume("podman", "skopeo");
        build();
        Path archive = directory.resolve("image.tar");
        tools.podman("save", "--format", "oci-archive", "--output", archive.toString(), BUILT);

        Digest digest = push(archive);

        assertThat(digest).isEqualTo(Digest.of(tools.skopeo("inspect", "--raw", "oci-archive:" + archive)));
    }

    @Test
    void aCopyBySkopeoKeepsItsDigest() throws Exception {
        Tools.assume("podman", "skopeo");
        build();
        Path archive = directory.resolve("image.tar");
        Path layout = directory.resolve("layout");
        tools.podman("save", "--format", "docker-archive", "--output", archive.toString(), BUILT);
        tools.skopeo("copy", "docker-archive:" + archive, "oci:" + layout + ":1.4.0");

        Digest digest = push(layout);

        assertThat(digest).isEqualTo(Digest.of(tools.skopeo("inspect", "--raw", "oci:" + layout)));
    }

    @Test
    void podmanPullsWhatItHasBuilt() throws Exception {
        Tools.assume("podman");
        String id = build();
        Path archive = directory.resolve("image.tar");
        tools.podman("save", "--format", "docker-archive", "--output", archive.toString(), BUILT);
        push(archive);
        String name = fixture.ecr.registryHost() + "/orders:1.4.0";
        tools.podman("rmi", BUILT);

        tools.podman("pull", "--tls-verify=false", "--creds", "AWS:" + fixture.ecr.password(), name);

        Json image = tools.podmanImage(name);
        assertThat(image.get("Id").text()).contains(id);
        assertThat(image.get("User").text()).contains("1000");
    }
}
