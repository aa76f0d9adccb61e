package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Proxies.Way;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionProxiesTest {
    private static final URI AWS = URI.create("https://api.ecr.eu-west-1.amazonaws.com/");

    @TempDir
    Path directory;

    private static Proxy proxy(String host, String protocol, String nonProxyHosts) {
        Proxy proxy = new Proxy();
        proxy.setHost(host);
        proxy.setPort(3128);
        proxy.setProtocol(protocol);
        proxy.setNonProxyHosts(nonProxyHosts);
        return proxy;
    }

    private static Way to(String uri, Proxy... proxies) {
        return new SettingsProxies(List.of(proxies)).to(URI.create(uri));
    }

    @Test
    void takesTheFirstForTheProtocol() {
        assertThat(to(AWS.toString(), proxy("a", "http", ""), proxy("b", "https", ""), proxy("c", "https", ""))
                        .proxy())
                .hasToString("HTTP @ b/<unresolved>:3128");
    }

    @Test
    void takesOneForHttpWhereNoneIsForHttps() {
        assertThat(to(AWS.toString(), proxy("a", "http", "")).proxy()).hasToString("HTTP @ a/<unresolved>:3128");
    }

    @Test
    void goesOnToTheNextWhereTheFirstIsNotForTheHost() {
        assertThat(to(AWS.toString(), proxy("a", "https", "*.amazonaws.com"), proxy("b", "http", ""))
                        .proxy())
                .hasToString("HTTP @ b/<unresolved>:3128");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com, *.example.com, true",
        "registry.example.com, a.b|registry.EXAMPLE.com, true",
        "registry.example.com, 'a.b, registry.*', true",
        "registry.example.com, registry*com, true",
        "registry.example.com, example.com, false",
        "registryxexample.com, registry.example.com, false",
        "registry.example.com, '', false",
        "registry.example.com, [, false",
        "localhost, '', true",
        "127.0.0.1, '', true",
        "127.9.9.9, '', true",
        "[::1], '', true"
    })
    void goesPastTheProxyToTheHostsThatItIsNotFor(String host, String nonProxyHosts, boolean direct) {
        assertThat(to("https://" + host + "/v2/", proxy("a", "https", nonProxyHosts))
                        .isDirect())
                .isEqualTo(direct);
    }

    private Way way(Map<String, String> properties, Proxy... proxies) throws Exception {
        MavenSession session = TestSession.of(directory);
        for (Proxy proxy : proxies) {
            session.getSettings().addProxy(proxy);
        }
        return SessionProxies.of(session, new TestDecrypter(), properties).to(AWS);
    }

    @Test
    void takesThoseOfSettingsWithTheirPasswordDecrypted() throws Exception {
        Proxy proxy = proxy("a", "https", "");
        proxy.setUsername("mira");
        proxy.setPassword("{secret}");

        PasswordAuthentication login = way(Map.of(), proxy).login().orElseThrow();

        assertThat(login.getUserName()).isEqualTo("mira");
        assertThat(login.getPassword()).isEqualTo("secret".toCharArray());
    }

    @Test
    void overlooksThoseThatAreNotActive() throws Exception {
        Proxy proxy = proxy("a", "https", "");
        proxy.setActive(false);

        assertThat(way(Map.of(), proxy).isDirect()).isTrue();
    }

    @Test
    void leavesTheChoiceToTheJvmWhereItsPropertiesNameAProxy() throws Exception {
        // The JVM of the tests has none of its own: what counts is that the one of the settings is not taken.
        assertThat(way(Map.of("https.proxyHost", "elsewhere"), proxy("a", "https", ""))
                        .isDirect())
                .isTrue();
    }

    @Test
    void refusesAPasswordThatCannotBeDecrypted() {
        Proxy proxy = proxy("a", "https", "");
        proxy.setPassword("{damaged-canary}");

        assertThatThrownBy(() -> way(Map.of(), proxy))
                .hasMessageStartingWith("The password of a <proxy> in settings.xml cannot be decrypted")
                .hasMessageNotContaining("canary");
    }
}
