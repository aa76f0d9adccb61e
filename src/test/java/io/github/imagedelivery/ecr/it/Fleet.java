package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Six services of three kinds that have no line of their own on their delivery, a library, a service that opts out and
 * one that overrides, all below the parent of a platform team; and a service that lies in another directory and finds the
 * parent in the local repository.
 */
public final class Fleet {
    private static final List<String> SERVICES =
            List.of("orders", "billing", "shipping", "prices", "storefront", "backoffice");
    private static final String OVERRIDING = "shop/search-api";

    /** Found from the directory in which Maven runs the tests. */
    private static final Path PICTURE = Path.of("src/site/markdown/images/fleet-run.svg");

    private Fleet() {}

    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        LocalEcr ecr = LocalEcr.builder()
                .account(Scenario.ACCOUNT)
                .region(Scenario.REGION)
                .secretMark(Canary.MARK)
                .start();
        TinyBase.seedIndex(ecr, "base/jre", "17");
        TinyBase.seedIndex(ecr, "base/tomcat", "10");
        Scenario.start(context, directory, ecr);
    }

    public static void afterFirst(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        for (String service : SERVICES) {
            Manifest index = image(scenario, "shop/" + service);
            assertThat(index.entries().stream().map(entry -> entry.platform().toString()))
                    .as(service)
                    .containsExactly("linux/amd64", "linux/arm64");
            Json config = config(
                    scenario,
                    "shop/" + service,
                    index.entries().get(0).manifest().digest());
            assertThat(config.get("User").text()).as(service).hasValue("65532:65532");
            assertThat(config.get("Labels").get("com.example.team").text())
                    .as(service)
                    .hasValue("shop");
            assertThat(scenario.report(service).get("result").text()).hasValue("PUBLISHED");
        }
        Manifest overriding = image(scenario, OVERRIDING);
        assertThat(overriding.isIndex()).isFalse();
        assertThat(config(scenario, OVERRIDING, overriding.digest()).get("User").text())
                .hasValue("1000");
        assertThat(scenario.ecr().repositories())
                .hasSize(SERVICES.size() + 3)
                .doesNotContain("shop/money", "shop/migrations", "shop/java-service");
        assertThat(scenario.log())
                .containsOnlyOnce("money: no image, since it has no main class")
                .containsOnlyOnce("migrations: no image, since ecr.skip is set")
                .contains("7 images: ");
        RunPicture picture = RunPicture.of(scenario.log());
        picture.write(scenario.file("target/fleet-run.svg").toPath());
        picture.requireLike(PICTURE);
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(image(scenario, "shop/returns").entries()).hasSize(2);
            assertThat(scenario.report("elsewhere/returns").get("result").text())
                    .hasValue("PUBLISHED");
        });
    }

    private static Manifest image(Scenario scenario, String repository) throws Exception {
        Digest digest = scenario.onlyTags(repository, scenario.git().head(), "1.4.0");
        return scenario.ecr().manifest(repository, digest).orElseThrow();
    }

    private static Json config(Scenario scenario, String repository, Digest image) throws Exception {
        Manifest manifest = scenario.ecr().manifest(repository, image).orElseThrow();
        return Json.parse(scenario.ecr()
                        .blob(repository, manifest.config().orElseThrow().digest()))
                .get("config");
    }
}
