package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestRulesTest {
    private final SampleImage image = SampleImage.of("a");

    private Manifest indexWith(Json platform) {
        Json entry = image.manifest().descriptor().toJson().with("platform", platform);
        return SampleImage.parsed(
                SampleImage.index(image.manifest()).json().with("manifests", Json.array(List.of(entry))));
    }

    private static Json linux() {
        return Json.object().with("os", Json.of("linux")).with("architecture", Json.of("arm64"));
    }

    @Test
    void acceptsAnIndexOfPlatforms() {
        assertThatCode(() -> ManifestRules.check(indexWith(linux().with("variant", Json.of("v8")))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAPlatformFieldThatItDoesNotKnow() {
        Manifest index = indexWith(linux().with("features", Json.texts(List.of("sse4"))));

        assertThatThrownBy(() -> ManifestRules.check(index)).hasMessage("unknown field in a platform");
    }

    @Test
    void refusesAnImageWithoutLayers() {
        Manifest empty = SampleImage.manifest(image.config(), List.of());

        assertThatThrownBy(() -> ManifestRules.check(empty)).hasMessage("an image needs a config and a layer");
    }

    @Test
    void refusesAnIndexWithoutEntries() {
        assertThatThrownBy(() -> ManifestRules.check(SampleImage.index())).hasMessage("an index needs an entry");
    }
}
