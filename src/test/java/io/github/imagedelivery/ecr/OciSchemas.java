package io.github.imagedelivery.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON schemas of the OCI image specification, as Debian packages them. */
public final class OciSchemas {
    public static final String MANIFEST = "image-manifest-schema.json";
    public static final String INDEX = "image-index-schema.json";
    public static final String CONFIG = "config-schema.json";
    public static final String LAYOUT = "image-layout-schema.json";
    public static final String DESCRIPTOR = "content-descriptor.json";

    private static final Path FILES = Path.of("/usr/share/gocode/src/github.com/opencontainers/image-spec/schema");
    private static final String ROOT = "https://opencontainers.org/schema/image/";

    private final SchemaRegistry registry =
            SchemaRegistry.withDialect(Dialects.getDraft4(), schemas -> schemas.schemas(OciSchemas::named));

    private OciSchemas() {}

    /** Returns the schemas; where they are not installed, the test is skipped, but for a CI job. */
    public static OciSchemas assumed() {
        assumeTrue(
                Files.isDirectory(FILES) || System.getenv("CI") != null,
                "the schemas are not installed: apt-get install golang-github-opencontainers-image-spec-dev");
        return new OciSchemas();
    }

    /** A schema names another one by its file, relative to where in the first one it does so. */
    private static String named(String location) {
        try {
            return Files.readString(FILES.resolve(location.substring(location.lastIndexOf('/') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a schema finds wrong with a document. */
    public List<String> problems(String schema, byte[] document) {
        return registry
                .getSchema(SchemaLocation.of(ROOT + schema))
                .validate(new String(document, UTF_8), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** Asserts that every document of an image layout is what its schema says; returns how many of each there are. */
    public Map<String, Integer> accept(Path layout) throws Exception {
        Map<String, Integer> checked = new TreeMap<>();
        check(LAYOUT, Files.readAllBytes(layout.resolve("oci-layout")), checked);
        index(layout, Files.readAllBytes(layout.resolve("index.json")), checked);
        return checked;
    }

    private void index(Path layout, byte[] document, Map<String, Integer> checked) throws Exception {
        check(INDEX, document, checked);
        for (Json entry : Json.parse(document).get("manifests").items()) {
            check(DESCRIPTOR, entry.bytes(), checked);
            Descriptor descriptor = Descriptor.read(entry);
            byte[] content = blob(layout, descriptor.digest());
            assertThat(content).hasSize((int) descriptor.size());
            if (Manifest.parse(content, descriptor.mediaType()).isIndex()) {
                index(layout, content, checked);
            } else {
                manifest(layout, content, checked);
            }
        }
    }

    private void manifest(Path layout, byte[] document, Map<String, Integer> checked) throws Exception {
        check(MANIFEST, document, checked);
        Json manifest = Json.parse(document);
        check(DESCRIPTOR, manifest.get("config").bytes(), checked);
        check(CONFIG, blob(layout, Descriptor.read(manifest.get("config")).digest()), checked);
        for (Json layer : manifest.get("layers").items()) {
            check(DESCRIPTOR, layer.bytes(), checked);
            assertThat(blob(layout, Descriptor.read(layer).digest()))
                    .hasSize((int) Descriptor.read(layer).size());
        }
    }

    private static byte[] blob(Path layout, Digest digest) throws IOException {
        byte[] content = Files.readAllBytes(layout.resolve("blobs/sha256").resolve(digest.encoded()));
        assertThat(Digest.of(content)).isEqualTo(digest);
        return content;
    }

    private void check(String schema, byte[] document, Map<String, Integer> checked) {
        assertThat(problems(schema, document))
                .as("%s against %s", new String(document, UTF_8), schema)
                .isEmpty();
        checked.merge(schema, 1, Integer::sum);
    }
}
