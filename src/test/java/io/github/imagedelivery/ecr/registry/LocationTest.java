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
            Map.entry("public.ecr.aws", "203.0.113.30"),
            Map.entry("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "203.0.113.31"),
            Map.entry("123456789012.dkr-ecr.eu-west-1.on.aws", "203.0.113.32"),
            Map.entry("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "203.0.113.33"),
            Map.entry("public.ecr.aws.example", "203.0.113.34"),
            Map.entry("layers.s3.eu-west-1.amazonaws.com", "10.1.2.4"),
            Map.entry("s3.cn-north-1.amazonaws.com.cn", "10.1.2.5"),
            Map.entry("inside.amazonaws.com.example", "10.1.2.6"),
            Map.entry("insideamazonaws.com", "10.1.2.7"),
            Map.entry("loopback.amazonaws.com", "127.0.0.1"),
            Map.entry("metadata.amazonaws.com", "169.254.169.254"),
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
            "https://storage.example:65536/key",
            "https://registry.example:99999999/key",
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
    void addsNothingToTheHostOfAnAddressWithoutPath() throws FormatException {
        Endpoint endpoint = Endpoint.of(URI.create("https://registry.example"), LocationTest::find);
        Location bare = Location.at(endpoint, "/").resolve("https://storage.example", endpoint);

        assertThat(bare.resolve(".evil.example/x", endpoint).uri())
                .hasToString("https://storage.example/.evil.example/x");
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

    @ParameterizedTest
    @CsvSource({
        "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com, https://layers.s3.eu-west-1.amazonaws.com/key, true",
        "https://123456789012.dkr-ecr.eu-west-1.on.aws, https://layers.s3.eu-west-1.amazonaws.com/key, true",
        "https://123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, https://s3.cn-north-1.amazonaws.com.cn/key, true",
        "https://public.ecr.aws, https://layers.s3.eu-west-1.amazonaws.com/key, true",
        "https://public.ecr.aws, http://layers.s3.eu-west-1.amazonaws.com/key, false",
        "https://public.ecr.aws, https://inside.example/key, false",
        "https://public.ecr.aws, https://10.1.2.3/key, false",
        "https://public.ecr.aws, https://inside.amazonaws.com.example/key, false",
        "https://public.ecr.aws, https://insideamazonaws.com/key, false",
        "https://public.ecr.aws, https://loopback.amazonaws.com/key, false",
        "https://public.ecr.aws, https://metadata.amazonaws.com/key, false",
        "https://public.ecr.aws.example, https://layers.s3.eu-west-1.amazonaws.com/key, false",
        "https://registry.example, https://layers.s3.eu-west-1.amazonaws.com/key, false"
    })
    void letsEcrAloneSendADownloadToS3InAVpc(String endpoint, String value, boolean allowed) throws FormatException {
        Endpoint checked = Endpoint.of(URI.create(endpoint), LocationTest::find);
        Location blob = Location.at(checked, "/v2/orders/blobs/sha256:00");

        if (allowed) {
            assertThat(blob.resolveDownload(value, checked).trusted()).isFalse();
        } else {
            assertThatThrownBy(() -> blob.resolveDownload(value, checked)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void sendsNothingButADownloadToS3InAVpc() throws FormatException {
        Endpoint ecr = Endpoint.of(URI.create("https://public.ecr.aws"), LocationTest::find);

        assertThatThrownBy(() -> Location.at(ecr, "/").resolve("https://layers.s3.eu-west-1.amazonaws.com/key", ecr))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void letsNobodyElseSendOnToS3InAVpc() throws FormatException {
        Endpoint ecr = Endpoint.of(URI.create("https://public.ecr.aws"), LocationTest::find);
        Location away = Location.at(ecr, "/").resolve("https://storage.example/x", ecr);

        assertThatThrownBy(() -> away.resolveDownload("https://layers.s3.eu-west-1.amazonaws.com/key", ecr))
                .isInstanceOf(FormatException.class);
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
