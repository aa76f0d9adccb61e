package io.github.imagedelivery.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LocationTest {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("registry.example", "203.0.113.10"),
            Map.entry("storage.example", "203.0.113.20"),
            Map.entry("inside.example", "10.1.2.3"),
            Map.entry("vpc.example", "10.9.9.9"),
            Map.entry("rebound.example", "127.0.0.1"),
            Map.entry("metadata.example", "169.254.169.254"));

    @ParameterizedTest
    @CsvSource({
        "/v2/x/1, https://registry.example/v2/x/1",
        "https://registry.example/v2/x/1?a=b, https://registry.example/v2/x/1?a=b",
        "HTTPS://REGISTRY.example:443/v2/x, HTTPS://REGISTRY.example:443/v2/x",
        "//registry.example/v2/x, https://registry.example/v2/x",
        "1?_state=a%2Fb, https://registry.example/v2/orders/blobs/uploads/1?_state=a%2Fb",
        "?_state=x, https://registry.example/v2/orders/blobs/uploads/?_state=x",
        "/v2/x#fragment, https://registry.example/v2/x"
    })
    void trustsTheRegistryItself(String value, String resolved) throws FormatException {
        Location location = resolve("https://registry.example", value);

        assertThat(location.uri()).hasToString(resolved);
        assertThat(location.trusted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://storage.example/key?sig=x",
        "//storage.example/key",
        "https://registry.example:8443/v2/x",
        "https://sub.registry.example/v2/x",
        "https://registry.example.storage.example/v2/x",
        "https://unknown-to-us.example/v2/x",
        "https://203.0.113.20/key"
    })
    void sendsNoCredentialsElsewhere(String value) throws FormatException {
        assertThat(resolve("https://registry.example", value).trusted()).isFalse();
    }

    static String[] hostile() {
        return new String[] {
            "",
            "http://registry.example/v2/x",
            "http://storage.example/key",
            "ftp://storage.example/key",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https:storage.example",
            "https:///key",
            "https://user:password@registry.example/v2/x",
            "https://registry.example@storage.example/v2/x",
            "https://registry.example\\@storage.example/v2/x",
            "https://127.0.0.1/key",
            "http://127.0.0.1/key",
            "https://localhost/key",
            "https://0.0.0.0/key",
            "https://10.1.2.3/key",
            "https://172.16.0.1/key",
            "https://192.168.1.1/key",
            "https://100.64.0.1/key",
            "https://169.254.169.254/latest/meta-data",
            "https://224.0.0.1/key",
            "https://[::1]/key",
            "https://[::]/key",
            "https://[::ffff:127.0.0.1]/key",
            "https://[::127.0.0.1]/key",
            "https://[64:ff9b::a9fe:a9fe]/key",
            "https://[fe80::1]/key",
            "https://[fc00::1]/key",
            "https://[fd00:ec2::254]/key",
            "https://2130706433/key",
            "https://127.1/key",
            "https://rebound.example/key",
            "https://metadata.example/latest",
            "https://inside.example/key",
            "//inside.example/key",
            "https://b\u00fccher.example/key",
            "https://storage.example/a b",
            "https://storage.example/a\r\nX-Injected: y",
            "https://storage.example/a\tb",
            "https://storage.example/%zz",
            "/v2/\u0000",
            "/" + "x".repeat(8 * 1024),
            "/" + "x".repeat(1024 * 1024)
        };
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesToBeSentWhereARegistryMustNotSendUs(String value) {
        assertThatThrownBy(() -> resolve("https://registry.example", value))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("refused to follow the Location: ");
    }

    @ParameterizedTest
    @CsvSource({
        "https://inside.example, https://vpc.example/key, true",
        "https://inside.example, https://storage.example/key, true",
        "https://inside.example, https://rebound.example/key, false",
        "https://inside.example, https://metadata.example/key, false",
        "https://inside.example, https://[fd00:ec2::254]/key, false",
        "http://127.0.0.1:5000, http://127.0.0.1:9000/key, true",
        "http://127.0.0.1:5000, http://localhost:9000/key, true",
        "http://127.0.0.1:5000, http://storage.example/key, false",
        "http://127.0.0.1:5000, http://inside.example/key, false",
        "http://localhost:5000, https://inside.example/key, true"
    })
    void goesNoFurtherInsideThanTheRegistryIs(String endpoint, String value, boolean allowed) throws FormatException {
        if (allowed) {
            assertThat(resolve(endpoint, value).trusted()).isFalse();
        } else {
            assertThatThrownBy(() -> resolve(endpoint, value)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void doesNotRegainTrustByComingBack() throws FormatException {
        Endpoint endpoint = Endpoint.of(URI.create("https://registry.example"), LocationTest::find);
        Location away = Location.at(endpoint, "/").resolve("https://storage.example/x", endpoint);

        assertThat(away.resolve("https://registry.example/v2/x", endpoint).trusted())
                .isFalse();
    }

    @Test
    void doesNotShowTheValueThatItRefuses() {
        assertThatThrownBy(() -> resolve("https://registry.example", "http://storage.example/?signature=canary"))
                .hasMessageNotContaining("canary");
    }

    private static Location resolve(String endpoint, String value) throws FormatException {
        Endpoint checked = Endpoint.of(URI.create(endpoint), LocationTest::find);
        return Location.at(checked, "/v2/orders/blobs/uploads/").resolve(value, checked);
    }

    /** Literal addresses are read by the platform, which asks nobody for them; names are those of the table alone. */
    private static InetAddress[] find(String host) throws UnknownHostException {
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        String address = literal || host.equals("localhost") ? host : NAMES.get(host);
        if (address == null) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getAllByName(address);
    }
}
