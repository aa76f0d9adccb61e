package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.oci.Proxies;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.settings.Proxy;

/**
 * The active proxies of {@code settings.xml}, chosen as Maven chooses them for its repositories: the first for the
 * address's protocol whose {@code nonProxyHosts} do not name the host, for https else one for http. This machine is
 * always asked directly.
 */
final class SettingsProxies implements Proxies {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[.*:1]|::1");

    private final List<Proxy> proxies;

    /**
     * Creates the proxies.
     *
     * @param proxies active ones, with their passwords decrypted
     */
    SettingsProxies(List<Proxy> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    @Override
    public Way to(URI uri) {
        String host = Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
        if (LOOPBACK.matcher(host).matches()) {
            return Way.DIRECT;
        }
        Stream<String> protocols =
                "https".equalsIgnoreCase(uri.getScheme()) ? Stream.of("https", "http") : Stream.of("http");
        return protocols
                .flatMap(protocol -> first(protocol, host).stream())
                .findFirst()
                .map(SettingsProxies::way)
                .orElse(Way.DIRECT);
    }

    private Optional<Proxy> first(String protocol, String host) {
        return proxies.stream()
                .filter(proxy -> protocol.equalsIgnoreCase(proxy.getProtocol()))
                .filter(proxy -> Parameters.text(proxy.getNonProxyHosts())
                        .map(hosts -> !names(hosts, host))
                        .orElse(true))
                .findFirst();
    }

    private static boolean names(String nonProxyHosts, String host) {
        return Arrays.stream(nonProxyHosts.split("[|,]", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> pattern(name).matcher(host).matches());
    }

    /** Only stars have a meaning. */
    private static Pattern pattern(String name) {
        String[] literals = name.split("\\*", -1);
        return Pattern.compile(
                Arrays.stream(literals)
                        .map(Pattern::quote)
                        .reduce((a, b) -> a + ".*" + b)
                        .orElseThrow(),
                Pattern.CASE_INSENSITIVE);
    }

    private static Way way(Proxy proxy) {
        return new Way(
                new java.net.Proxy(
                        java.net.Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())),
                SessionProxies.login(proxy.getUsername(), proxy.getPassword()));
    }
}
