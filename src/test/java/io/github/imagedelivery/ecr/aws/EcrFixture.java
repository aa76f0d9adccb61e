package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** An {@link Ecr} that speaks to a {@link ScriptedEcr}, with retries that do not wait and a clock that stands. */
final class EcrFixture implements AutoCloseable {
    static final RepositoryName ORDERS = new RepositoryName("shop/orders");
    static final Tag SHA_TAG = new Tag("0123456789abcdef0123456789abcdef01234567");
    static final Tag VERSION_TAG = new Tag("1.2.0");
    static final AwsKeys KEYS = new AwsKeys("AKIDEXAMPLE", "canary-secret", Optional.of("canary-session"));
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final ScriptedEcr server = new ScriptedEcr();
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    /** What was announced as a secret, in order. */
    final List<String> secrets = new CopyOnWriteArrayList<>();

    /** How long was to be waited between tries. */
    final List<Long> pauses = new CopyOnWriteArrayList<>();

    final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    final EcrClients clients = EcrClients.create(
            new AwsSettings(Optional.of("eu-west-1"), Optional.of(KEYS), Optional.of(server.endpoint())),
            now::get,
            new EcrClients.Outside(secrets::add, Proxies.OF_THE_JVM),
            new EcrClients.Patience(Duration.ofSeconds(60), pauses::add));
    final Ecr ecr;

    private EcrFixture() throws IOException, FormatException {
        ecr = clients.open(EcrHost.parse("123456789012.dkr.ecr.eu-central-1.amazonaws.com"), exchanges::add);
    }

    /** Opens one; unchecked, so that it can be the value of a field. */
    static EcrFixture open() {
        try {
            return new EcrFixture();
        } catch (IOException | FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a manifest with blanks, a line break and a letter beyond ASCII, which must come through as they are. */
    static Manifest manifest(String label) throws FormatException {
        String text = "{ \"schemaVersion\": 2,\n \"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\", \"annotations\": {\"label\":\"größe " + label + "\"}, \"layers\":[] }\n";
        return Manifest.parse(text.getBytes(UTF_8), "");
    }

    static Json image(Manifest manifest, String tag) {
        Json id = Json.object().with("imageDigest", Json.of(manifest.digest().toString()));
        return Json.object()
                .with("imageId", tag.isEmpty() ? id : id.with("imageTag", Json.of(tag)))
                .with("imageManifest", Json.of(new String(manifest.bytes(), UTF_8)))
                .with("imageManifestMediaType", Json.of(manifest.mediaType()));
    }

    static Json notFound(String tag) {
        return failure("ImageNotFound", "Requested image not found")
                .with("imageId", Json.object().with("imageTag", Json.of(tag)));
    }

    static Json failure(String code, String reason) {
        return Json.object().with("failureCode", Json.of(code)).with("failureReason", Json.of(reason));
    }

    static ScriptedEcr.Reply images(List<Json> images, List<Json> failures) {
        return ScriptedEcr.Reply.ok(Json.object()
                .with("images", Json.array(images))
                .with("failures", Json.array(failures))
                .toString());
    }

    static ScriptedEcr.Reply stored(Manifest manifest) {
        return ScriptedEcr.Reply.ok(
                Json.object().with("image", image(manifest, "")).toString());
    }

    static ScriptedEcr.Reply login(String token, Instant expiresAt, String proxyEndpoint) {
        return ScriptedEcr.Reply.ok("{'authorizationData':[{'authorizationToken':'" + token + "','expiresAt':"
                + expiresAt.getEpochSecond() + ".5,'proxyEndpoint':'" + proxyEndpoint + "'}]}");
    }

    @Override
    public void close() {
        clients.close();
        server.close();
    }
}
