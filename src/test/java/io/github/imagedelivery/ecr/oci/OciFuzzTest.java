package io.github.imagedelivery.ecr.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imagedelivery.ecr.fuzz.Foreign;
import io.github.imagedelivery.ecr.fuzz.Fuzz;
import io.github.imagedelivery.ecr.fuzz.Guard;
import io.github.imagedelivery.ecr.fuzz.Guard.Reader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Fuzz
class OciFuzzTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String IMAGE = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%1$s","size":7},
             "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%1$s","size":9}]}""".formatted(DIGEST);
    private static final String INDEX = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
             {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":5,
              "platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}""".formatted(DIGEST);

    private final ObjectMapper jackson = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Provide
    Arbitrary<byte[]> bytes() {
        return Foreign.bytes();
    }

    @Provide
    Arbitrary<String> text() {
        return Foreign.text();
    }

    @Provide
    Arbitrary<Json> json() {
        return Foreign.json();
    }

    @Provide
    Arbitrary<byte[]> manifests() throws FormatException {
        return Arbitraries.oneOf(
                Foreign.damaged(IMAGE.getBytes(UTF_8), INDEX.getBytes(UTF_8)),
                Foreign.changed(Json.parse(IMAGE), Json.parse(INDEX)).map(Json::bytes));
    }

    @Provide
    Arbitrary<byte[]> documents() {
        return Foreign.json().flatMap(json -> Foreign.damaged(json.bytes()));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "docker.io/library/eclipse-temurin:17-jre@" + DIGEST,
                        "registry.example:5000/a/b.c__d-e:v1",
                        "[::1]:5000/ab@" + DIGEST,
                        DIGEST,
                        "linux/arm64/v8",
                        "shop/orders",
                        "1.4.0-rc.1",
                        "v1 --x",
                        "../",
                        "%2f",
                        "a".repeat(250)));
    }

    @Property(tries = 3000)
    void readsAnyBytesAsJsonOrRefusesThem(@ForAll("bytes") byte[] bytes) {
        Guard.read(FormatException.class, () -> Json.parse(bytes));
    }

    @Property(tries = 2000)
    void readsAllJsonThatItWrites(@ForAll("json") Json json) throws FormatException {
        assertThat(Json.parse(json.bytes())).isEqualTo(json);
        assertThat(Json.parse(json.pretty())).isEqualTo(json);
    }

    @Property(tries = 1000)
    void agreesWithJacksonOnDamagedDocuments(@ForAll("documents") byte[] document) throws IOException {
        // RFC 8259 leaves open what half of a pair is, written as an escape.
        Assume.that(!new String(document, UTF_8).matches("(?is).*\\\\ud[89a-f].*"));
        boolean accepted =
                Guard.read(FormatException.class, () -> Json.parse(document)).isEmpty();

        assertThat(accepted).isEqualTo(isReadByJackson(document));
    }

    private boolean isReadByJackson(byte[] document) throws IOException {
        try {
            return !jackson.readTree(document).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Property(tries = 2000)
    void readsAManifestAsItIsStoredOrRefusesIt(@ForAll("manifests") byte[] bytes) {
        Optional<FormatException> refusal = Guard.read(FormatException.class, () -> {
            Manifest manifest = Manifest.parse(bytes, MediaTypes.OCI_MANIFEST);
            assertThat(manifest.bytes()).isEqualTo(bytes);
            assertThat(manifest.digest()).isEqualTo(Digest.of(bytes));
            assertThat(manifest.layers().isEmpty() || manifest.entries().isEmpty())
                    .isTrue();
            manifest.config();
        });

        refusal.ifPresent(OciFuzzTest::isOneShortLine);
    }

    @Property(tries = 1000)
    void readsAnyDocumentAsManifestOrRefusesIt(@ForAll("json") Json json) {
        Guard.read(FormatException.class, () -> Manifest.parse(json.bytes(), ""));
        Guard.read(
                FormatException.class,
                () -> Manifest.parse(
                        json.with("layers", Json.array(List.of(json))).bytes(), ""));
    }

    @Property(tries = 4000)
    void readsANameOnlyInItsOwnSpelling(@ForAll("names") String name) {
        readsBack(name, () -> assertThat(Tag.parse(name)).hasToString(name));
        readsBack(name, () -> assertThat(RepositoryName.parse(name)).hasToString(name));
        readsBack(name, () -> assertThat(Reference.parse(name)).hasToString(name));
        readsBack(name, () -> assertThat(Platform.parse(name)).hasToString(name));
        readsBack(name, () -> assertThat(Digest.parse(name)).hasToString(name));
    }

    private static void readsBack(String name, Reader reader) {
        Optional<FormatException> refusal = Guard.read(FormatException.class, reader);
        if (refusal.isPresent()) {
            isOneShortLine(refusal.get());
        } else {
            assertThat(name).matches("[A-Za-z0-9_./:@\\[\\]-]+");
        }
    }

    @Property(tries = 4000)
    void showsForeignTextOnOneShortLine(@ForAll("text") String text) {
        String shown = Texts.shown(text + text, 80);

        assertThat(shown).hasSizeLessThanOrEqualTo(2 * 80 + 3).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    private static void isOneShortLine(Exception refusal) {
        assertThat(refusal.getMessage()).hasSizeLessThan(600).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }
}
