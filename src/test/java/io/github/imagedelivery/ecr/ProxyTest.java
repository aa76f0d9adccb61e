package io.github.imagedelivery.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.aws.RefusingProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both planes, each in a JVM of its own, whose properties and environment are told to it. */
@Timeout(60)
class ProxyTest {
    private static final String CONTROL = "CONNECT control.invalid:443 HTTP/1.1";
    private static final String DATA = "CONNECT data.invalid:443 HTTP/1.1";

    private RefusingProxy proxy;

    @BeforeEach
    void open() throws Exception {
        proxy = new RefusingProxy();
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void sendsBothPlanesThroughTheProxyOfTheJvm() throws Exception {
        ask(Map.of(), "-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + proxy.port());

        assertThat(proxy.connects()).containsOnly(CONTROL, DATA);
    }

    @Test
    void sendsBothPlanesPastTheProxyWhereTheJvmSaysSo() throws Exception {
        ask(
                Map.of(),
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + proxy.port(),
                "-Dhttp.nonProxyHosts=*.invalid");

        assertThat(proxy.connects()).isEmpty();
    }

    @Test
    void readsNoProxyFromTheEnvironment() throws Exception {
        String url = "http://127.0.0.1:" + proxy.port();
        ask(Map.of("HTTPS_PROXY", url, "https_proxy", url, "HTTP_PROXY", url, "http_proxy", url));

        assertThat(proxy.connects()).isEmpty();
    }

    @Test
    void givesTheLoginToTheProxyAndToNobodyBehindIt(@TempDir Path directory) throws Exception {
        try (TrustedServer server = new TrustedServer(directory, "control.invalid", "data.invalid");
                PasswordProxy proxy = new PasswordProxy("bWlyYTpjYW5hcnk=", server.port())) {
            List<String> flags = new ArrayList<>(server.trust());
            flags.add("-Djdk.http.auth.tunneling.disabledSchemes=");
            String output = ask(Map.of(), flags, List.of(Integer.toString(proxy.port()), "mira", "canary"));

            assertThat(output).contains("HTTP status 404").contains("/manifests/1: 404");
            assertThat(server.headers()).hasSize(2).noneMatch(headers -> headers.containsKey("Proxy-Authorization"));
            assertThat(proxy.requests()).anyMatch(request -> request.startsWith(CONTROL));
            assertThat(proxy.requests()).anyMatch(request -> request.startsWith(DATA));
        }
    }

    @Test
    void saysWhatAProxyWantsOfAJvmThatMayNotGiveIt(@TempDir Path directory) throws Exception {
        try (TrustedServer server = new TrustedServer(directory, "control.invalid", "data.invalid");
                PasswordProxy proxy = new PasswordProxy("bWlyYTpjYW5hcnk=", server.port())) {
            String output = ask(Map.of(), server.trust(), List.of(Integer.toString(proxy.port()), "mira", "canary"));

            assertThat(output)
                    .contains("Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 407")
                    .contains("no answer: the proxy wants a login: 407")
                    .doesNotContain("canary", "bWlyYTpjYW5hcnk");
            assertThat(server.headers()).isEmpty();
        }
    }

    private static String ask(Map<String, String> environment, String... properties) throws Exception {
        return ask(environment, List.of(properties), List.of());
    }

    /** Asks both planes in a JVM with these flags, and returns what it says; arguments are those of a proxy. */
    private static String ask(Map<String, String> environment, List<String> flags, List<String> arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                BothPlanes.class.getName(),
                "control.invalid",
                "data.invalid"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy")
                        || name.startsWith("JAVA_")
                        || name.startsWith("JDK_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("control plane failed", "data plane failed");
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
