package io.github.imagedelivery.ecr.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final Digest A = Digest.of(new byte[] {1});
    private static final Digest B = Digest.of(new byte[] {2});
    private static final String HEX = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String IMAGE = """
            {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
             "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s", "size": 7},
             "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+zstd", "digest": "%s", "size": 9,
                         "urls": ["kept"]}],
             "annotations": {"a": "b"}, "future": {"field": [1.50]}}""".formatted(A, B);
    private static final String INDEX = """
            {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.list.v2+json",
             "manifests": [{"mediaType": "application/vnd.docker.distribution.manifest.v2+json", "digest": "%s",
                            "size": 5, "platform": {"os": "linux", "architecture": "arm64", "variant": "v8"}},
                           {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "%s", "size": 6}]}
            """.formatted(A, B);

    @Test
    void readsAnImageAndKeepsItsBytes() throws FormatException {
        Manifest manifest = parse(IMAGE);

        assertThat(manifest.isIndex()).isFalse();
        assertThat(manifest.config()).hasValue(new Descriptor(MediaTypes.OCI_CONFIG, A, 7));
        assertThat(manifest.layers()).containsExactly(new Descriptor(MediaTypes.OCI_LAYER_ZSTD, B, 9));
        assertThat(manifest.entries()).isEmpty();
        assertThat(manifest.bytes()).isEqualTo(IMAGE.getBytes(UTF_8));
        assertThat(manifest.digest()).isEqualTo(Digest.of(IMAGE.getBytes(UTF_8)));
        assertThat(manifest.descriptor())
                .isEqualTo(new Descriptor(MediaTypes.OCI_MANIFEST, manifest.digest(), IMAGE.length()));
    }

    @Test
    void readsAnIndexWithAndWithoutPlatforms() throws FormatException {
        Manifest index = parse(INDEX);

        assertThat(index.isIndex()).isTrue();
        assertThat(index.config()).isEmpty();
        assertThat(index.entries())
                .containsExactly(
                        new Manifest.IndexEntry(
                                new Descriptor(MediaTypes.DOCKER_MANIFEST, A, 5), new Platform("linux", "arm64", "v8")),
                        new Manifest.IndexEntry(
                                new Descriptor(MediaTypes.OCI_MANIFEST, B, 6), new Platform("", "", "")));
    }

    @Test
    void doesNotGiveItsBytesAway() throws FormatException {
        Manifest manifest = parse(IMAGE);
        manifest.bytes()[0] = 0;

        assertThat(manifest.bytes()).isEqualTo(IMAGE.getBytes(UTF_8));
    }

    @Test
    void takesTheServedTypeWhereTheDocumentNamesNone() throws FormatException {
        byte[] untyped = "{\"manifests\": []}".getBytes(UTF_8);

        assertThat(Manifest.parse(untyped, MediaTypes.OCI_INDEX).isIndex()).isTrue();
    }

    @Test
    void tellsImageAndIndexApartByTheirFieldsWhereNobodyNamesAType() throws FormatException {
        String entry = "{\"digest\": \"%s\", \"size\": 1}".formatted(A);

        assertThat(Manifest.parse(("{\"manifests\": [" + entry + "]}").getBytes(UTF_8), "")
                        .mediaType())
                .isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(Manifest.parse(("{\"layers\": [" + entry + "]}").getBytes(UTF_8), "")
                        .mediaType())
                .isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"manifest\"",
                "{\"mediaType\": \"text/html\"}",
                "{\"mediaType\": \"application/vnd.docker.distribution.manifest.v1+prettyjws\"}",
                "{\"layers\": [{}]}",
                "{\"layers\": [{\"digest\": \"sha256:0\", \"size\": 1}]}",
                "{\"layers\": [\"x\"]}",
                "{\"layers\": [null]}",
                "{\"layers\": [{\"digest\": \"sha512:" + HEX + "\", \"size\": 1}]}",
                "{\"layers\": [{\"digest\": \"sha256:" + HEX + "\"}]}",
                "{\"layers\": [{\"digest\": \"sha256:" + HEX + "\", \"size\": 1.5}]}",
                "{\"layers\": [{\"digest\": \"sha256:" + HEX + "\", \"size\": 1e3}]}",
                "{\"layers\": [{\"digest\": \"sha256:" + HEX + "\", \"size\": 99999999999999999999}]}",
                "{\"layers\": [{\"digest\": \"sha256:" + HEX + "\", \"size\": \"1\"}]}",
                "{\"layers\": [{\"digest\": \"sha256:../../../etc/passwd\", \"size\": 1}]}",
                "{\"manifests\": [{\"platform\": {}}]}",
                "{\"layers\": [], \"layers\": []}",
                "{\"layers\": []} {}",
                "{\"layers\": [],}"
            })
    void refusesWhatIsNoManifest(String document) {
        assertThatThrownBy(() -> Manifest.parse(document.getBytes(UTF_8), "")).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesALayerOfNegativeSize() {
        String image = IMAGE.replace("\"size\": 9", "\"size\": -9");

        assertThatThrownBy(() -> parse(image)).hasMessageStartingWith("negative size in descriptor");
    }

    @Test
    void refusesADocumentThatIsImageToOneReaderAndIndexToAnother() {
        assertThatThrownBy(() -> parse(INDEX.replace("\"manifests\"", "\"layers\": [], \"manifests\"")))
                .hasMessageContaining("\"layers\" does not belong into");
        assertThatThrownBy(() -> parse(IMAGE.replace("\"annotations\"", "\"manifests\": [], \"annotations\"")))
                .hasMessageContaining("\"manifests\" does not belong into");
    }

    @Test
    void refusesMoreThanFourMebibytes() {
        assertThatThrownBy(() -> Manifest.parse(new byte[Manifest.MAX_BYTES + 1], ""))
                .hasMessage("manifest of 4194305 bytes; at most 4194304 are read");
    }

    private static Manifest parse(String document) throws FormatException {
        return Manifest.parse(document.getBytes(UTF_8), "");
    }
}
