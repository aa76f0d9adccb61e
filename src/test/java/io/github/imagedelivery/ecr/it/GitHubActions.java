package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A build that GitHub Actions runs: its login is hidden before it is used, and what was pushed is handed on. */
public final class GitHubActions {
    private static final String MASK = "::add-mask::";

    private GitHubActions() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            Digest digest = scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
            hidesTheLogin(scenario);
            handsOn(scenario, digest);
            assertThat(scenario.log()).doesNotContain("::error");
        });
    }

    private static void hidesTheLogin(Scenario scenario) throws Exception {
        List<String> lines = scenario.log().lines().toList();
        List<String> masked = lines.stream()
                .filter(line -> line.startsWith(MASK))
                .map(line -> line.substring(MASK.length()))
                .distinct()
                .toList();
        assertThat(masked).hasSize(2);
        assertThat(Base64.getDecoder().decode(masked.get(0))).asString().isEqualTo("AWS:" + masked.get(1));
        assertThat(lines.indexOf(MASK + masked.get(0)))
                .isLessThan(lines.indexOf(lines.stream()
                        .filter(line -> line.contains("/v2/"))
                        .findFirst()
                        .orElseThrow()));
        for (String secret : masked) {
            assertThat(lines.stream().filter(line -> !line.startsWith(MASK))).noneMatch(line -> line.contains(secret));
            noFileHolds(secret, scenario.file("target").toPath());
        }
    }

    private static void noFileHolds(String secret, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), UTF_8).contains(secret))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private static void handsOn(Scenario scenario, Digest digest) throws Exception {
        String image = Scenario.REGISTRY + "/orders@" + digest;
        List<String> output =
                Files.readAllLines(scenario.file("target/github-output").toPath());
        assertThat(output.stream().filter(line -> line.contains("<<")).map(line -> line.replaceFirst("<<.*", "")))
                .containsExactly("image", "digest", "sha-tag", "version-tag", "result", "modules", "images");
        assertThat(output).contains(image, digest.toString(), scenario.git().head(), "1.4.0", "PUBLISHED");
        assertThat(scenario.file("target/ecr/ecr.env")).content().contains("ECR_IMAGE=" + image + "\n");
        assertThat(scenario.file("target/github-summary"))
                .content()
                .contains("#### orders: PUBLISHED", "| image | " + image + " |", "| size | ", "| time | resolve ");
    }
}
