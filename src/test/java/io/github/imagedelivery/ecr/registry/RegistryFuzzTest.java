package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.fuzz.Foreign;
import io.github.imagedelivery.ecr.fuzz.Fuzz;
import io.github.imagedelivery.ecr.fuzz.Guard;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Cut;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

@Fuzz
class RegistryFuzzTest {
    private static final byte[] CONTENT = "layer".getBytes(UTF_8);
    private static final Descriptor LAYER = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, CONTENT);
    private static final Registries.Settings ONE_TRY =
            new Registries.Settings(Duration.ofSeconds(60), Duration.ofDays(1), 1, "test");
    private static final AtomicReference<Reply> NEXT = new AtomicReference<>(Reply.of(500));
    private static final AtomicReference<Reply> THEN = new AtomicReference<>(Reply.of(500));
    private static final Client CLIENT = new Client(new FakeTime(), ONE_TRY);
    private static final ScriptedRegistry REGISTRY =
            serve(request -> request.target().startsWith("/v2/") ? NEXT.get() : THEN.get());
    private static final ScriptedRegistry ELSEWHERE = serve(request -> THEN.get());

    private static ScriptedRegistry serve(Function<ScriptedRegistry.Request, Reply> script) {
        try {
            return new ScriptedRegistry(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterContainer
    static void stop() throws IOException {
        REGISTRY.close();
        ELSEWHERE.close();
    }

    @Provide
    Arbitrary<String> challenges() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "Bearer realm=\"https://auth.example/token\",service=\"registry\",scope=\"repository:a:pull\"",
                        "Basic realm=\"https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/\",service=\"ecr\"",
                        "Negotiate, Bearer realm=\"a\\\"b\", Digest a=b,c=d",
                        "Bearer realm=\"" + "\\\\".repeat(2000) + "\"",
                        "a,".repeat(2000)));
    }

    @Provide
    Arbitrary<String> locations() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "https://registry.example/v2/orders/blobs/uploads/1?_state=a%2Fb",
                        "https://storage.example:443/key?X-Amz-Signature=0123",
                        "//registry.example:8443/v2/x",
                        "/v2/x#fragment",
                        "?_state=x",
                        "https://user@registry.example/v2/x",
                        "https://registry.example\\@storage.example/v2/x",
                        "https://[::1]:5000/x",
                        "https://127.0.0.1/x"));
    }

    @Provide
    Arbitrary<byte[]> errors() {
        return Foreign.damaged(
                "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"Your authorization token has expired\"}]}"
                        .getBytes(UTF_8),
                "<html><body>no</body></html>".getBytes(UTF_8),
                "Not Authorized\n".getBytes(UTF_8),
                ("{\"token\":\"abc.def\",\"expires_in\":" + Long.MIN_VALUE + "}").getBytes(UTF_8));
    }

    @Provide
    Arbitrary<byte[]> replies() {
        return Foreign.damaged(
                reply("200 OK", "Content-Type: " + MediaTypes.OCI_MANIFEST, "{\"layers\":[]}"),
                reply("202 Accepted", "Location: /v2/orders/blobs/uploads/1", ""),
                reply("201 Created", "Docker-Content-Digest: " + LAYER.digest(), ""),
                reply("401 No", "WWW-Authenticate: Bearer realm=\"/token\",scope=\"a\"", ""),
                reply("307 There", "Location: /elsewhere?X-Amz-Signature=0", ""),
                reply("429 Slow", "Retry-After: 30", "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\"}]}"),
                reply("503 Slow", "Retry-After: Wed, 25 Nov 2026 12:00:00 GMT", "later"),
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n".getBytes(ISO_8859_1));
    }

    private static byte[] reply(String status, String header, String body) {
        String text =
                "HTTP/1.1 " + status + "\r\n" + header + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return text.getBytes(ISO_8859_1);
    }

    @Provide
    Arbitrary<String> logins() {
        return Foreign.logins();
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.oneOf(
                Foreign.webTokens(),
                Foreign.keyIds(),
                Foreign.logins().map(secret -> "Bearer " + secret),
                Foreign.logins().map(secret -> "https://storage.example/key?X-Amz-Signature=" + secret));
    }

    @Property(tries = 4000)
    void readsAnyChallenge(@ForAll("challenges") String header) {
        Guard.read(
                FormatException.class,
                () -> assertThat(Challenge.read(header))
                        .allSatisfy(challenge -> assertThat(challenge.scheme()).matches("\\S+")));
    }

    @Property(tries = 6000)
    void trustsNoLocationButTheRegistrysOwn(@ForAll("locations") String value, @ForAll("locations") String further) {
        Guard.read(FormatException.class, () -> {
            Endpoint endpoint = Endpoint.of(URI.create("https://registry.example"), RegistryFuzzTest::find);
            Location first = Location.at(endpoint, "/v2/orders/blobs/uploads/").resolve(value, endpoint);
            checkTrust(first);
            Location second = first.resolve(further, endpoint);
            checkTrust(second);
            assertThat(second.trusted() && !first.trusted()).isFalse();
        });
    }

    private static void checkTrust(Location location) throws UnknownHostException {
        URI uri = location.uri();
        assertThat(uri.getScheme()).isEqualToIgnoringCase("https");
        assertThat(uri.getRawUserInfo()).isNull();
        assertThat(uri.getPort()).isLessThan(65536);
        boolean own = uri.getHost().equalsIgnoreCase("registry.example") && (uri.getPort() + 1) % 444 == 0;
        assertThat(location.trusted() && !own).as(uri.toString()).isFalse();
        assertThat(Reach.of(uri.getHost(), RegistryFuzzTest::find)).isEqualTo(Reach.PUBLIC);
    }

    private static InetAddress[] find(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host.startsWith("[") || host.matches("[0-9.]+") ? host : "203.0.113.10");
    }

    @Property(tries = 3000)
    void readsAnyErrorBody(@ForAll("errors") byte[] body) {
        Guard.read(
                FormatException.class,
                () -> assertThat(ErrorBody.read(body).shown(403, ""))
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                        .hasSizeLessThan(600));
    }

    @Property(tries = 600)
    void takesAnyReplyOrRefusesIt(@ForAll("replies") byte[] raw) throws RegistryException {
        NEXT.set(Reply.of(200).with(raw).but(Cut.AFTER_THE_RAW_BYTES));
        THEN.set(NEXT.get());
        Repository repository = client("Basic " + Client.SECRET);
        for (Guard.Reader call : calls(repository)) {
            Guard.read(RegistryException.class, call)
                    .ifPresent(refusal -> assertThat(refusal.getMessage())
                            .hasSizeLessThan(700)
                            .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                            .doesNotContain(Client.SECRET, "Signature=0"));
        }
    }

    @Property(tries = 300)
    void takesAnyAnswerOfATokenServiceOrRefusesIt(@ForAll("errors") byte[] token) throws RegistryException {
        NEXT.set(Reply.of(401).with("WWW-Authenticate", "Bearer realm=\"" + REGISTRY.uri() + "/token\",service=\"a\""));
        THEN.set(Reply.of(200).with(token));

        Guard.read(RegistryException.class, () -> client("").has(LAYER.digest()));
        CLIENT.time.pass(Duration.ofDays(2));
    }

    @Property(tries = 60)
    void doesNotShowTheLoginThatARegistryEchoes(@ForAll("logins") String login, @ForAll("logins") String padding)
            throws RegistryException {
        String decoded = new String(Base64.getDecoder().decode(login), ISO_8859_1);
        String password = decoded.startsWith("AWS:") ? decoded.substring(4) : login;
        String encoded = URLEncoder.encode(login, UTF_8);
        for (String echo : List.of(login, "no Basic " + login, padding.substring(0, 16) + login, password, encoded)) {
            Json error = Json.object().with("code", Json.of("DENIED " + echo)).with("message", Json.of(echo));
            byte[] body =
                    Json.object().with("errors", Json.array(List.of(error))).bytes();
            Json manifest = Json.object().with("mediaType", Json.of(echo));
            for (Reply reply : List.of(
                    Reply.of(403).with(body),
                    Reply.of(400).with(echo.getBytes(UTF_8)),
                    Reply.of(200).with(manifest.bytes()),
                    Reply.session("/v2/session").with("Docker-Content-Digest", echo))) {
                NEXT.set(reply);
                assertGivesNothing(client("Basic " + login), login, password, encoded);
            }
        }
    }

    @Property(tries = 300)
    void doesNotShowASecretThatARegistrySpeaksOf(@ForAll("secrets") String secret) throws RegistryException {
        String bare = secret.substring(secret.lastIndexOf(' ') + 1);
        bare = bare.substring(bare.indexOf("Signature=") < 0 ? 0 : bare.indexOf("Signature=") + 10);
        String echo = "the token " + secret + " is wrong";
        NEXT.set(Reply.error(403, "DENIED", echo));
        assertGivesNothing(client("Basic " + Client.SECRET), bare);
        NEXT.set(Reply.of(202)
                .with("Location", "http://storage.example/?token=" + bare)
                .with("Docker-Content-Digest", echo));
        assertGivesNothing(client("Basic " + Client.SECRET), bare);
    }

    private static void assertGivesNothing(Repository repository, String... secrets) {
        for (Guard.Reader call : calls(repository)) {
            Optional<RegistryException> refusal = Guard.read(RegistryException.class, call);
            String text = refusal.map(RegistryFuzzTest::everything).orElse("");
            assertThat(secrets)
                    .allSatisfy(secret ->
                            assertThat(Foreign.gives(text, secret)).as(text).isFalse());
        }
    }

    private static String everything(RegistryException refusal) {
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        return text + refusal.code();
    }

    @Property(tries = 300)
    void sendsItsLoginToNobodyElse(@ForAll("locations") String path) throws RegistryException {
        String tail = path.replaceAll("[^!-~]", "").replaceFirst("^.*?:/*[^/?#]*", "");
        NEXT.set(Reply.session(ELSEWHERE.uri() + (tail.startsWith("/") ? "" : "/") + tail));
        THEN.set(Reply.of(201));

        Guard.read(
                RegistryException.class, () -> client("Basic " + Client.SECRET).push(blob(), Optional.empty()));

        assertThat(ELSEWHERE.received("Authorization")).containsOnly("");
    }

    private static Blob blob() {
        return Blob.of(MediaTypes.OCI_LAYER_GZIP, CONTENT);
    }

    private static Repository client(String header) throws RegistryException {
        return CLIENT.open(REGISTRY.uri(), stale -> header);
    }

    /** Every call of a repository that reads what a registry answers. */
    private static List<Guard.Reader> calls(Repository repository) {
        return List.of(
                () -> repository.manifest("latest"),
                () -> repository.manifest(LAYER.digest().toString()),
                () -> repository.has(LAYER.digest()),
                () -> repository.push(blob(), Optional.empty()),
                () -> read(repository));
    }

    private static void read(Repository repository) throws RegistryException {
        try (InputStream blob = repository.open(LAYER)) {
            blob.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A blob that breaks off or is another one.
        }
    }
}
