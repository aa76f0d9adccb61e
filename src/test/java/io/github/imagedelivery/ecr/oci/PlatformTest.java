package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
        "linux/arm64/v8, linux/arm64, true",
        "linux/amd64/v1, linux/amd64, true",
        "linux/amd64/v2, linux/amd64, false",
        "linux/arm/v7, linux/arm, false",
        "linux/arm/v6, linux/arm/v7, false",
        "linux/amd64, linux/arm64, false",
        "linux/amd64, windows/amd64, false"
    })
    void admitsAnyVariantUnlessItNamesOne(String own, String other, boolean admitted) throws FormatException {
        assertThat(Platform.parse(own).admits(Platform.parse(other))).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64/v2 linux/amd64, linux/amd64",
        "linux/amd64, linux/amd64/v3 linux/amd64/v1, linux/amd64/v1",
        "linux/amd64, linux/arm64 linux/amd64/v3, linux/amd64/v3",
        "linux/arm64/v8, linux/amd64 linux/arm64, linux/arm64",
        "linux/arm64/v8, linux/arm64 linux/arm64/v8, linux/arm64/v8",
        "linux/arm64, linux/arm64/v9 linux/arm64/v8, linux/arm64/v8",
        "linux/arm/v7, linux/arm/v6 linux/arm, ''"
    })
    void choosesTheExactPlatformFirst(String own, String offered, String chosen) throws FormatException {
        List<String> best = Platform.parse(own).best(List.of(offered.split(" ")), PlatformTest::parsed);

        assertThat(String.join(" ", best)).isEqualTo(chosen);
    }

    private static Platform parsed(String text) {
        try {
            return Platform.parse(text);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void readsTheFieldsOfAConfig() throws FormatException {
        assertThat(Platform.read(Json.parse("{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}")))
                .isEqualTo(new Platform("linux", "arm", "v7"));
        assertThat(Platform.read(Json.object())).isEqualTo(new Platform("", "", ""));
    }
}
