package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.Registries;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Base images: found once, kept by digest, verified, and for the right platform. */
class BaseImagesTest {
    private static final Platform AMD64 = Platform.LINUX_AMD64;

    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private BaseImages session() {
        return session(fixture.cache());
    }

    private BaseImages session(Path cache) {
        return session(cache, RegistryLogins.NONE);
    }

    private BaseImages session(Path cache, RegistryLogins logins) {
        return new BaseImages(Registries.create(DeliveryFixture.TWO_TRIES), fixture.source(), logins, cache);
    }

    private static BaseSource find(BaseImages bases, String name) throws DeliveryException {
        return bases.find(name, AMD64, Exchange.Listener.NONE);
    }

    private String tagged() {
        return fixture.ecr.registryHost() + "/base/jre:17";
    }

    @Test
    void resolvesATagToTheDigestThatIsBuiltOn() throws Exception {
        BaseSource found = find(session(), tagged());

        assertThat(found.image().digest()).hasValue(fixture.base);
        assertThat(found.pinned()).isEqualTo(tagged() + "@" + fixture.base);
        assertThat(found.origin()).hasValue(new Origin(fixture.ecr.endpoint(), new RepositoryName("base/jre")));
        assertThat(found.image().layers()).hasSize(2);
    }

    @Test
    void asksOnceInASession() throws Exception {
        BaseImages session = session();
        find(session, tagged());
        fixture.ecr.clearRequests();

        find(session, tagged());

        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void keepsTheDigestOfASessionAlthoughTheTagMoves() throws Exception {
        BaseImages session = session();
        find(session, tagged());
        Digest other = fixture.stage(fixture.module("orders")).digest();
        Manifest manifest = fixture.ecr.manifest("orders", other).orElseThrow();
        Stream<Descriptor> contents = Stream.concat(manifest.layers().stream(), manifest.config().stream());
        for (Descriptor content : contents.toList()) {
            byte[] bytes = fixture.ecr.blob("orders", content.digest());
            fixture.ecr.seedBlob("base/jre", Blob.of(content.mediaType(), bytes));
        }
        fixture.ecr.seed("base/jre", "17", manifest, List.of());

        assertThat(find(session, tagged()).image().digest()).hasValue(fixture.base);
        assertThat(find(session(), tagged()).image().digest()).hasValue(other);
    }

    @Test
    void asksNothingInTheNextSessionForAPinnedDigest() throws Exception {
        find(session(), fixture.pinnedBase());
        fixture.ecr.clearRequests();

        BaseSource again = find(session(), fixture.pinnedBase());

        assertThat(again.image().layers()).hasSize(2);
        assertThat(fixture.requests()).isEmpty();
    }

    private interface Damage {
        void to(Path file) throws Exception;
    }

    private static Stream<Named<Damage>> damages() {
        return Stream.of(
                Named.of("other content", file -> Files.writeString(file, "{}")),
                Named.of("one bit", file -> {
                    byte[] bytes = Files.readAllBytes(file);
                    bytes[bytes.length / 2] ^= 1;
                    Files.write(file, bytes);
                }),
                Named.of("cut off", file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20))),
                Named.of("empty", file -> Files.write(file, new byte[0])),
                Named.of("too long", file -> Files.write(file, new byte[(4 << 20) + 1])));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void fetchesADamagedCacheFileAgain(Damage damage) throws Exception {
        find(session(), fixture.pinnedBase());
        Path file = fixture.cache().resolve(fixture.base.encoded());
        damage.to(file);
        fixture.ecr.clearRequests();

        find(session(), fixture.pinnedBase());

        assertThat(fixture.requests())
                .filteredOn(request -> request.startsWith("GET /v2/base/jre/manifests/"))
                .isNotEmpty();
        assertThat(Digest.of(Files.readAllBytes(file))).isEqualTo(fixture.base);
    }

    @Test
    void managesWithoutACacheThatItCanWrite() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        BaseSource found = find(session(file.resolve("cache")), fixture.pinnedBase());

        assertThat(found.image().digest()).hasValue(fixture.base);
    }

    @Test
    void readsABaseByTheHostOfItsEcrRegistryWhereverTheApiIs() throws Exception {
        BaseSource found = find(session(), "123456789012.dkr.ecr.eu-central-1.amazonaws.com/base/jre:17");

        assertThat(found.image().digest()).hasValue(fixture.base);
        assertThat(found.origin().map(Origin::endpoint)).hasValue(fixture.ecr.endpoint());
    }

    /** Asks for nothing over the network: what would be sent is asked for in its place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example",
                "123456789012.dkr.ecr.eu-central-1.evil-amazonaws.com",
                "evil.123456789012.dkr.ecr.eu-central-1.amazonaws.com",
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com:8443",
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com.cn",
                "123456789012.dkr-ecr.eu-central-1.amazonaws.com",
                "12345678901.dkr.ecr.eu-central-1.amazonaws.com",
                "public.ecr.aws",
                "localhost:1",
                "registry.example"
            })
    void lendsNoLoginToAHostThatOnlyLooksLikeEcr(String host) {
        List<String> sent = new ArrayList<>();
        Registries recording = (endpoint, name, authorization, listener) -> {
            try {
                sent.add(authorization.header(""));
            } catch (IOException e) {
                sent.add(e.toString());
            }
            throw new RegistryException("not asked", 404, "");
        };
        BaseImages bases = new BaseImages(recording, fixture.source(), RegistryLogins.NONE, fixture.cache());
        fixture.ecr.clearRequests();

        assertThatThrownBy(() -> find(bases, host + "/base/jre:17")).isInstanceOf(DeliveryException.class);
        assertThat(sent).containsExactly("");
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void keepsBasesInFilesOfTheOwnersAlone() throws Exception {
        find(session(), fixture.pinnedBase());

        try (Stream<Path> files = Files.walk(fixture.cache())) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void readsTheLayersOnDemand() throws Exception {
        Blob layer = find(session(), fixture.pinnedBase()).image().layers().get(0);
        fixture.ecr.clearRequests();

        byte[] bytes;
        try (InputStream in = layer.open()) {
            bytes = in.readAllBytes();
        }

        assertThat(Digest.of(bytes)).isEqualTo(layer.descriptor().digest());
        assertThat(fixture.requests()).isNotEmpty();
    }

    @Test
    void tellsTheReaderOfALayerThatIsGone() throws Exception {
        Blob layer = find(session(), fixture.pinnedBase()).image().layers().get(0);
        fixture.ecr.faults().deny("ecr:GetDownloadUrlForLayer");

        assertThatThrownBy(layer::open).isInstanceOf(IOException.class).hasMessageContaining("not authorized");
    }

    // an index

    private static Json entry(Digest digest, long size, String os, String architecture) {
        return new Descriptor(MediaTypes.OCI_MANIFEST, digest, size)
                .toJson()
                .with(
                        "platform",
                        Json.object()
                                .with("architecture", Json.of(architecture))
                                .with("os", Json.of(os)));
    }

    private static Manifest index(Json... entries) throws Exception {
        return Manifest.parse(
                Json.object()
                        .with("schemaVersion", Json.of(2))
                        .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                        .with("manifests", Json.array(List.of(entries)))
                        .bytes(),
                "");
    }

    private String indexed(Json... before) throws Exception {
        long size = fixture.ecr
                .manifest("base/jre", fixture.base)
                .orElseThrow()
                .descriptor()
                .size();
        Json[] entries = Stream.concat(
                        Stream.of(before), Stream.of(entry(fixture.base, size, AMD64.os(), AMD64.architecture())))
                .toArray(Json[]::new);
        Manifest index = index(entries);
        fixture.ecr.seed("base/jre", "all", index, List.of());
        return fixture.ecr.registryHost() + "/base/jre:all";
    }

    private Digest seededImage(String word) throws Exception {
        FakeImage image = FakeImage.of(word);
        fixture.ecr.seed(
                "base/jre",
                image.manifest(),
                List.of(image.config(), image.layers().get(0).blob()));
        return image.manifest().digest();
    }

    @Test
    void choosesThePlatformFromAnIndexAndPinsTheIndex() throws Exception {
        String name = indexed(
                entry(seededImage("attestation"), 1, "unknown", "unknown"),
                entry(seededImage("arm"), 1, "linux", "arm64"));

        BaseSource found = find(session(), name);

        assertThat(found.image().layers()).hasSize(2);
        assertThat(found.image().digest()).hasValue(fixture.ecr.tags("base/jre").get("all"));
    }

    @Test
    void prefersThePlatformItselfToAVariantOfIt() throws Exception {
        Json variant = Json.object()
                .with("architecture", Json.of("amd64"))
                .with("os", Json.of("linux"))
                .with("variant", Json.of("v2"));
        String name = indexed(entry(seededImage("v2"), 1, "linux", "amd64").with("platform", variant));

        assertThat(find(session(), name).image().layers()).hasSize(2);
    }

    @Test
    void refusesAnIndexWithoutThePlatform() throws Exception {
        String name = indexed(entry(seededImage("attestation"), 1, "unknown", "unknown"));

        assertThatThrownBy(() -> session().find(name, new Platform("linux", "s390x", ""), Exchange.Listener.NONE))
                .hasMessage("""
                        The base image %s is not there for linux/s390x
                          cause: its index names linux/amd64
                          to fix: set ecr.platform, or ecr.platforms for several, to what is there; or name another base image with ecr.from""".formatted(name));
    }

    // a hostile registry

    @Test
    void refusesContentThatIsNotOfTheDigest() throws Exception {
        try (TinyRegistry registry = new TinyRegistry()) {
            Digest wanted = Digest.of("wanted".getBytes(UTF_8));
            byte[] served = index(entry(wanted, 1, "linux", "amd64")).bytes();
            registry.serve("manifests/" + wanted, MediaTypes.OCI_INDEX, served);
            String name = registry.host() + "/base@" + wanted;

            assertThatThrownBy(() -> find(session(), name))
                    .isInstanceOfSatisfying(
                            DeliveryException.class,
                            e -> assertThat(e.isUserError()).isFalse())
                    .message()
                    .startsWith("The base image " + name + " could not be read; nothing was built or sent\n  cause: ")
                    .contains("with other content, which hashes to " + Digest.of(served))
                    .endsWith("\n  to fix: run the build again; pin the base image by digest to need its registry less"
                            + " often");
            assertThat(fixture.cache().resolve(wanted.encoded())).doesNotExist();
        }
    }

    private static byte[] manifest(Descriptor config) {
        return Json.object()
                .with("schemaVersion", Json.of(2))
                .with("config", config.toJson())
                .with("layers", Json.array(List.of()))
                .bytes();
    }

    @Test
    void refusesAConfigThatIsTooLarge() throws Exception {
        try (TinyRegistry registry = new TinyRegistry()) {
            Descriptor config =
                    new Descriptor(MediaTypes.OCI_CONFIG, Digest.of("large".getBytes(UTF_8)), Manifest.MAX_BYTES + 1);
            registry.serve("manifests/1", MediaTypes.OCI_MANIFEST, manifest(config));
            String name = registry.host() + "/base:1";

            assertThatThrownBy(() -> find(session(), name)).hasMessage("""
                    The base image %s cannot be used; nothing was built or sent
                      cause: config of 4194305 bytes
                      to fix: name another base image with ecr.from""".formatted(name));
            assertThat(registry.requests).containsExactly("GET /v2/base/manifests/1");
        }
    }

    @Test
    void refusesAConfigOfOtherContent() throws Exception {
        try (TinyRegistry registry = new TinyRegistry()) {
            Descriptor config = Descriptor.of(MediaTypes.OCI_CONFIG, "{\"os\":\"linux\"}".getBytes(UTF_8));
            registry.serve("manifests/1", MediaTypes.OCI_MANIFEST, manifest(config));
            registry.serve("blobs/" + config.digest(), "", "{\"os\":\"minix\"}".getBytes(UTF_8));

            assertThatThrownBy(() -> find(session(), registry.host() + "/base:1"))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageStartingWith("The base image " + registry.host() + "/base:1 cannot be used");
        }
    }

    // what is in no registry

    @Test
    void takesScratchForNothing() throws Exception {
        BaseSource found = find(session(), "scratch");

        assertThat(found.image().layers()).isEmpty();
        assertThat(found.origin()).isEmpty();
        assertThat(found.pinned()).isEqualTo("scratch");
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void refusesAPathWithoutAnImage() {
        assertThatThrownBy(() -> find(session(), directory.resolve("absent.tar").toString()))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isUserError()).isTrue())
                .hasMessageContaining("absent.tar");
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io, https://registry-1.docker.io",
        "public.ecr.aws, https://public.ecr.aws",
        "localhost, http://localhost",
        "localhost:5000, http://localhost:5000",
        "127.0.0.2:5000, http://127.0.0.2:5000",
        "[::1]:5000, http://[::1]:5000",
        "127.0.0.1.example.com, https://127.0.0.1.example.com",
        "localhost.example.com:80, https://localhost.example.com:80"
    })
    void speaksPlainHttpToThisMachineAlone(String host, String endpoint) {
        assertThat(Endpoints.of(host)).isEqualTo(URI.create(endpoint));
    }
}
