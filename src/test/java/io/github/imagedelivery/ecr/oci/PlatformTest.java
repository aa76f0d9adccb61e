package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
    @ParameterizedTest
    @ValueSource(strings = {"linux/amd64", "linux/arm/v7", "windows/amd64"})
    void readsWhatItWrites(String text) throws FormatException {
        assertThat(Platform.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "linux", "linux/", "/amd64", "linux//v8", "linux/arm64/", "a/b/c/d", " linux/amd64", "a/b\n"
            })
    void refusesWhatIsNoPlatform(String text) {
        assertThatThrownBy(() -> Platform.parse(text)).hasMessageContaining("os/architecture expected");
    }

    @ParameterizedTest
    @CsvSource({
        "linux/arm64, linux/arm64/v8, true",
        "linux/arm64/v8, linux/arm64/v8, true",
        "linux/arm/v6, linux/arm/v7, false",
        "linux/amd64, linux/arm64, false",
        "linux/amd64, windows/amd64, false"
    })
    void admitsAnyVariantUnlessItNamesOne(String own, String other, boolean admitted) throws FormatException {
        assertThat(Platform.parse(own).admits(Platform.parse(other))).isEqualTo(admitted);
    }

    @Test
    void readsTheFieldsOfAConfig() throws FormatException {
        assertThat(Platform.read(Json.parse("{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}")))
                .isEqualTo(new Platform("linux", "arm", "v7"));
        assertThat(Platform.read(Json.object())).isEqualTo(new Platform("", "", ""));
    }
}
