package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseNameTest {
    private static final Path MODULE = Path.of("/build/orders");

    @ParameterizedTest
    @CsvSource({"8, 8", "9, 11", "11, 11", "16, 17", "17, 17", "18, 21", "21, 21", "22, 25", "25, 25", "26, 26"})
    void defaultsToTheJreOfTheNextLongTermRelease(int compiledFor, int base) {
        assertThat(BaseName.of(Optional.empty(), compiledFor, MODULE))
                .isEqualTo("public.ecr.aws/docker/library/eclipse-temurin:" + base + "-jre");
    }

    @ParameterizedTest
    @CsvSource({
        "./base.tar, /build/orders/base.tar",
        "../base, /build/base",
        "/images/base.tar, /images/base.tar",
    })
    void makesPathsAbsolute(String configured, String expected) {
        assertThat(BaseName.of(Optional.of(configured), 17, MODULE)).isEqualTo(expected);
    }

    @Test
    void leavesReferencesAlone() {
        assertThat(BaseName.of(Optional.of("registry.example.com/base/jre:17"), 17, MODULE))
                .isEqualTo("registry.example.com/base/jre:17");
    }
}
