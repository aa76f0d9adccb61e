package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.File;
import java.util.Map;

/** A configuration that was written for jib-maven-plugin makes the image that it describes. */
public final class FromJib {
    private FromJib() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            Digest digest = scenario.onlyTags("shop/orders", scenario.git().head(), "1.4.0");
            Manifest manifest = scenario.ecr().manifest("shop/orders", digest).orElseThrow();
            Json image = Json.parse(scenario.ecr()
                    .blob("shop/orders", manifest.config().orElseThrow().digest()));
            assertThat(image.get("created").text()).hasValue("1970-01-01T00:00:00Z");
            assertContainer(image.get("config"));
            UnpackedImage files = UnpackedImage.of(
                    scenario.ecr(),
                    "shop/orders",
                    digest,
                    scenario.file("target/unpacked/root").toPath());
            assertThat(files.root().resolve("srv/orders/class-path")).content().startsWith("/etc/orders:/srv/orders/");
            assertThat(files.root().resolve("srv/orders/classes/com/example/Orders.class"))
                    .exists();
            assertThat(scenario.log()).contains("<format> is Docker, but the image is written in OCI's format");
        });
    }

    private static void assertContainer(Json config) {
        assertThat(config.get("Entrypoint"))
                .hasToString("[\"java\",\"-Xss512k\",\"-XX:+UseSerialGC\",\"-cp\",\"@/srv/orders/class-path\","
                        + "\"com.example.Orders\"]");
        assertThat(config.get("Cmd")).hasToString("[\"serve\"]");
        assertThat(config.get("Env")).hasToString("[\"PATH=/usr/bin\",\"TZ=UTC\"]");
        assertThat(config.get("ExposedPorts").members()).containsOnlyKeys("8080/tcp", "9000/udp", "9001/udp");
        assertThat(config.get("Volumes").members()).containsOnlyKeys("/var/log/orders");
        assertThat(config.get("User").text()).hasValue("1000:1000");
        assertThat(config.get("WorkingDir").text()).hasValue("/srv");
        assertThat(config.get("Labels").get("team").text()).hasValue("shop");
    }
}
