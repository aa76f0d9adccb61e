package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.imagedelivery.ecr.PasswordProxy;
import io.github.imagedelivery.ecr.TrustedServer;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A base image in a registry that wants a user, behind a proxy that wants another one; both passwords are encrypted in
 * {@code settings.xml}. Then the same without a network.
 */
public final class BaseBehindLoginAndProxy {
    private static final String HOST = "registry.invalid";
    private static final String BASE = HOST + "/base/jre:17";
    private static final String REGISTRY_PASSWORD = "canary-of-the-registry";
    private static final String PROXY_PASSWORD = "canary-of-the-proxy";

    /** The master password, encrypted as {@code mvn --encrypt-master-password} does. */
    private static final String SECURITY = """
            <settingsSecurity>
              <master>{U1I0OVQacB0HNWvNVvZG7n4RRHc2J3P86bqU5+WnHkNch2y1mSYUwpE6gBQsidih}</master>
            </settingsSecurity>
            """;

    /** The passwords, encrypted by that master password; the first proxy is not for the registry. */
    private static final String SETTINGS = """
            <settings>
              <servers>
                <server>
                  <id>registry.invalid</id>
                  <username>mira</username>
                  <password>{aYlFhEUlrNwHgPI+vUqD9kc/iRU+cqTTL6rmlgItTadNFb29g5YUG/KEIlkosieB}</password>
                </server>
              </servers>
              <proxies>
                <proxy>
                  <id>elsewhere</id>
                  <protocol>https</protocol>
                  <host>127.0.0.1</host>
                  <port>9</port>
                  <nonProxyHosts>localhost|*.invalid</nonProxyHosts>
                </proxy>
                <proxy>
                  <id>company</id>
                  <protocol>https</protocol>
                  <host>127.0.0.1</host>
                  <port>%d</port>
                  <username>tom</username>
                  <password>{mmnR9dqfo/cH/seAlo5ZyD4vw2WoJobf/aIXPFsb7BtZIcpOgVX/T+Xy/IuYnEc2}</password>
                </proxy>
              </proxies>
            </settings>
            """;

    private final Checkout checkout;
    private final Path files;
    private final LocalEcr content;
    private final Digest base;

    private BaseBehindLoginAndProxy(Checkout checkout, Path files, LocalEcr content) throws Exception {
        this.checkout = checkout;
        this.files = files;
        this.content = content;
        this.base = TinyBase.seed(content, "base/jre", "17");
    }

    /** Called by {@code verify.groovy}. */
    public static void verify(File project, File localRepository) throws Exception {
        Git.init(project);
        Path files = Files.createDirectories(project.toPath().resolve("target/files"));
        try (LocalEcr content = LocalEcr.builder().start()) {
            Checkout checkout = Checkout.of(project, localRepository, "builds");
            new BaseBehindLoginAndProxy(checkout, files, content).run();
        }
    }

    private void run() throws Exception {
        try (TrustedServer registry = new TrustedServer(files, this::answer, HOST);
                PasswordProxy proxy = new PasswordProxy(basic("tom", PROXY_PASSWORD), registry.port())) {
            Files.writeString(files.resolve("security.xml"), SECURITY);
            Files.writeString(files.resolve("settings.xml"), SETTINGS.formatted(proxy.port()));

            readsTheBaseWithBothPasswords(registry, proxy);
            int asked = proxy.requests().size();
            buildsWithoutANetworkOnWhatIsKept(registry);
            refusesABaseThatWasNeverRead(registry);

            assertThat(proxy.requests()).as("requests to the proxy").hasSize(asked);
        }
        assertThat(checkout.git().status()).as("changes in the working copy").isEmpty();
    }

    private void readsTheBaseWithBothPasswords(TrustedServer registry, PasswordProxy proxy) throws Exception {
        String log = log(registry, 0, "-Decr.from=" + BASE);

        assertThat(checkout.result()).isEqualTo("PUBLISHED");
        assertThat(proxy.requests()).allMatch(request -> request.startsWith("CONNECT " + HOST + ":443 "));
        assertThat(registry.headers()).noneMatch(headers -> headers.containsKey("Proxy-Authorization"));
        assertThat(log)
                .doesNotContain(
                        REGISTRY_PASSWORD,
                        PROXY_PASSWORD,
                        basic("mira", REGISTRY_PASSWORD),
                        basic("tom", PROXY_PASSWORD));
    }

    private void buildsWithoutANetworkOnWhatIsKept(TrustedServer registry) throws Exception {
        checkout.change("another");

        log(registry, 0, "--offline", "-Decr.from=" + BASE, "-Decr.version=1.4.1");

        assertThat(checkout.result()).isEqualTo("PUBLISHED");
    }

    private void refusesABaseThatWasNeverRead(TrustedServer registry) throws Exception {
        String unknown = HOST + "/base/jdk:21";

        assertThat(log(registry, 1, "--offline", "-Decr.from=" + unknown, "-Decr.version=1.4.2"))
                .contains("The base image " + unknown + " is not at hand, and Maven is offline; nothing was built");
    }

    private String log(TrustedServer registry, int status, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(more));
        words.add("--settings=" + files.resolve("settings.xml"));
        words.add("-Dsettings.security=" + files.resolve("security.xml"));
        words.add("-Decr.registry=local");
        words.addAll(registry.trust());
        try (MavenBuild build = checkout.deploy(Map.of(), words)) {
            assertThat(build.await()).as("exit code of:\n%s", build.log()).isEqualTo(status);
            return build.log();
        }
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String login = exchange.getRequestHeaders().getFirst("Authorization");
        if (!("Basic " + basic("mira", REGISTRY_PASSWORD)).equals(login)) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"registry\"");
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        String path = exchange.getRequestURI().getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        byte[] body =
                path.contains("/manifests/") ? manifest(exchange).bytes() : content.blob("base/jre", digest(name));
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private Manifest manifest(HttpExchange exchange) {
        Manifest manifest = content.manifest("base/jre", base).orElseThrow();
        exchange.getResponseHeaders().add("Content-Type", manifest.mediaType());
        return manifest;
    }

    private static Digest digest(String text) throws IOException {
        try {
            return Digest.parse(text);
        } catch (FormatException e) {
            throw new IOException(e);
        }
    }
}
