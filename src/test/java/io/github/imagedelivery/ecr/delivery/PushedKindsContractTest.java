package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.OciSchemas;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.ExtraDirectory;
import io.github.imagedelivery.ecr.image.ExtraFiles;
import io.github.imagedelivery.ecr.image.Glob;
import io.github.imagedelivery.ecr.image.LayeredJar;
import io.github.imagedelivery.ecr.image.Owner;
import io.github.imagedelivery.ecr.image.PathRule;
import io.github.imagedelivery.ecr.image.Placement;
import io.github.imagedelivery.ecr.image.TestJar;
import io.github.imagedelivery.ecr.image.WebApplication;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others' tools say of an index, of each kind of application, and of links, modes and owners. */
class PushedKindsContractTest extends WithFixture {
    private static final String WEB_ROOT = "/usr/local/tomcat/webapps/ROOT";

    private Tools tools;

    @BeforeEach
    void keepOnDisk() throws Exception {
        restart(LocalEcr.builder().storage(directory.resolve("storage")));
        tools = new Tools(Files.createDirectories(directory.resolve("tools")));
    }

    private TestModule onBothPlatforms() {
        return fixture.module("orders").platforms(Platform.LINUX_AMD64, new Platform("linux", "arm64", "v8"));
    }

    private Path file(String name, byte[] content) throws Exception {
        return Files.write(directory.resolve(name), content);
    }

    private Application web() throws Exception {
        TestJar war = TestJar.builtOn(1, 2)
                .file("index.html", "<p>")
                .file("WEB-INF/web.xml", "<web-app/>")
                .file("WEB-INF/lib/web-1.jar", "web")
                .file("WEB-INF/classes/a/B.class", "class");
        return new WebApplication(
                file("shop.war", war.bytes()),
                List.of(),
                List.of(),
                new Placement(WEB_ROOT, List.of()),
                OptionalInt.of(17));
    }

    private Application layered() throws Exception {
        String index = """
                - "dependencies":
                  - "BOOT-INF/lib/"
                - "application":
                  - "BOOT-INF/classes/"
                  - "BOOT-INF/layers.idx"
                  - "META-INF/"
                """;
        String manifest = """
                Manifest-Version: 1.0
                Main-Class: org.example.Launcher
                Spring-Boot-Layers-Index: BOOT-INF/layers.idx
                """;
        TestJar jar = TestJar.builtOn(1, 2)
                .file("META-INF/MANIFEST.MF", manifest)
                .file("BOOT-INF/layers.idx", index)
                .file("BOOT-INF/lib/web-1.jar", "web")
                .file("BOOT-INF/classes/a/B.class", "class");
        return new LayeredJar(file("shop.jar", jar.bytes()), Placement.DEFAULT, OptionalInt.of(17));
    }

    /** Has a program with a link to it, and a directory that belongs to somebody. */
    private Application withExtraFiles(TestModule module) throws Exception {
        Path extra = Files.createDirectories(directory.resolve("extra"));
        Files.createDirectories(extra.resolve("data"));
        Files.writeString(extra.resolve("run.sh"), "#!/bin/sh\n");
        Files.createSymbolicLink(extra.resolve("start"), Path.of("run.sh"));
        return new ExtraFiles(
                module.java(),
                List.of(new ExtraDirectory(extra, "/opt/agent", List.of(), List.of())),
                List.of(new PathRule<>(Glob.parse("/opt/agent/run.sh"), 0750)),
                List.of(new PathRule<>(Glob.parse("/opt/agent/data"), new Owner(1000, 2000))),
                Instant.ofEpochSecond(1));
    }

    private Digest push(TestModule module) throws Exception {
        return fixture.deliver(module).image().digest();
    }

    /** Asserts that the schemas accept the image, and that skopeo reads and copies it as it is; returns the copy. */
    private Path copied(Digest digest) throws Exception {
        byte[] raw = tools.skopeo(
                "inspect",
                "--raw",
                "--tls-verify=false",
                "--creds",
                "AWS:" + fixture.ecr.password(),
                Tools.remote(fixture.ecr, "orders:1.4.0"));
        assertThat(Digest.of(raw)).isEqualTo(digest);
        Path copy = directory.resolve("copy");
        tools.pull(fixture.ecr, "orders:1.4.0", "oci:" + copy + ":1");
        Json index = Json.parse(Files.readAllBytes(copy.resolve("index.json")));
        assertThat(index.get("manifests").items().get(0).get("digest").text()).contains(digest.toString());
        return copy;
    }

    /** Returns what tar finds in the layers of a copied image. */
    private List<List<String>> layers(Path copy, Digest digest) throws Exception {
        List<Descriptor> layers =
                fixture.ecr.manifest("orders", digest).orElseThrow().layers();
        List<List<String>> listings = new ArrayList<>();
        for (Descriptor layer : layers) {
            listings.add(tools.tar(
                    copy.resolve("blobs/sha256").resolve(layer.digest().encoded())));
        }
        return listings;
    }

    @Test
    void theSchemasAcceptAnIndexAndItsImages() throws Exception {
        OciSchemas schemas = OciSchemas.assumed();
        push(onBothPlatforms());

        assertThat(schemas.accept(directory.resolve("storage/orders")))
                .containsEntry(OciSchemas.LAYOUT, 1)
                .hasEntrySatisfying(OciSchemas.INDEX, count -> assertThat(count).isGreaterThan(1))
                .hasEntrySatisfying(
                        OciSchemas.MANIFEST, count -> assertThat(count).isGreaterThan(1));
    }

    @Test
    void skopeoCopiesAnIndexWithAllItsImages() throws Exception {
        Tools.assume("skopeo");
        Digest digest = push(onBothPlatforms());

        Path copy = copied(digest);

        assertThat(fixture.ecr.manifest("orders", digest).orElseThrow().entries())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(copy.resolve("blobs/sha256")
                                .resolve(entry.manifest().digest().encoded()))
                        .hasBinaryContent(fixture.ecr
                                .manifest("orders", entry.manifest().digest())
                                .orElseThrow()
                                .bytes()));
    }

    @Test
    void podmanPullsTheImageOfItsPlatformFromAnIndex() throws Exception {
        Tools.assume("podman");
        push(onBothPlatforms());
        String name = fixture.ecr.registryHost() + "/orders:1.4.0";

        tools.podman(
                "pull",
                "--platform=linux/arm64/v8",
                "--tls-verify=false",
                "--creds",
                "AWS:" + fixture.ecr.password(),
                name);

        assertThat(tools.podmanImage(name).get("Architecture").text()).contains("arm64");
    }

    @Test
    void aWarIsUnpackedWhereTheServerLooksForIt() throws Exception {
        Tools.assume("skopeo", "tar");
        Digest digest = push(fixture.module("orders").application(web()));

        List<List<String>> layers = layers(copied(digest), digest);

        String root = WEB_ROOT.substring(1);
        assertThat(layers).hasSize(3);
        assertThat(layers.get(0)).contains("-rw-r--r-- 0/0 " + root + "/WEB-INF/lib/web-1.jar");
        assertThat(layers.get(1))
                .contains("-rw-r--r-- 0/0 " + root + "/WEB-INF/web.xml", "drwxr-xr-x 0/0 " + root + "/WEB-INF/");
        assertThat(layers.get(2)).contains("-rw-r--r-- 0/0 " + root + "/WEB-INF/classes/a/B.class");
        acceptedBySchemas();
    }

    @Test
    void aLayeredJarHasTheLayersOfItsIndex() throws Exception {
        Tools.assume("skopeo", "tar");
        Digest digest = push(fixture.module("orders").application(layered()));

        List<List<String>> layers = layers(copied(digest), digest);

        assertThat(layers).hasSize(2);
        assertThat(layers.get(0)).contains("-rw-r--r-- 0/0 app/BOOT-INF/lib/web-1.jar");
        assertThat(layers.get(1)).contains("-rw-r--r-- 0/0 app/BOOT-INF/classes/a/B.class");
        acceptedBySchemas();
    }

    @Test
    void linksModesAndOwnersAreInTheLayerAsConfigured() throws Exception {
        Tools.assume("skopeo", "tar");
        TestModule module = fixture.module("orders");
        Digest digest = push(module.application(withExtraFiles(module)));

        List<List<String>> layers = layers(copied(digest), digest);

        assertThat(layers.get(layers.size() - 1))
                .contains(
                        "-rwxr-x--- 0/0 opt/agent/run.sh",
                        "lrwxrwxrwx 0/0 opt/agent/start -> run.sh",
                        "drwxr-xr-x 1000/2000 opt/agent/data/",
                        "drwxr-xr-x 0/0 opt/agent/");
        acceptedBySchemas();
    }

    private void acceptedBySchemas() throws Exception {
        OciSchemas.assumed().accept(directory.resolve("storage/orders"));
    }
}
