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

    private static void ask(Map<String, String> environment, String... properties) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(properties));
        command.addAll(List.of(
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                BothPlanes.class.getName(),
                "control.invalid",
                "data.invalid"));
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
        } finally {
            process.destroyForcibly();
        }
    }
}
