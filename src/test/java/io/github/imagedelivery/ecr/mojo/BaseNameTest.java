package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        ".\\base.tar, /build/orders/base.tar",
        "..\\base, /build/base",
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

    @Test
    void takesWhatIsThereForAPath(@TempDir Path module) throws IOException {
        Path base = Files.writeString(module.resolve("base.tar"), "");
        Path layout = Files.createDirectories(module.resolve("images/jre"));

        assertThat(BaseName.of(Optional.of("base.tar"), 17, module)).isEqualTo(base.toString());
        assertThat(BaseName.of(Optional.of("images/jre"), 17, module)).isEqualTo(layout.toString());
        assertThat(BaseName.of(Optional.of("images/jdk"), 17, module)).isEqualTo("images/jdk");
    }

    @Test
    void takesScratchForNoPath(@TempDir Path module) throws IOException {
        Files.createDirectories(module.resolve("scratch"));

        assertThat(BaseName.of(Optional.of("scratch"), 17, module)).isEqualTo("scratch");
    }

    @Test
    void takesWhatIsNoPathOnThisSystemForAReference() {
        assertThat(BaseName.of(Optional.of("a\0b"), 17, MODULE)).isEqualTo("a\0b");
    }

    @ParameterizedTest
    @CsvSource({
        "eclipse-temurin:17-jre, docker.io/library/eclipse-temurin:17-jre",
        "azul/zulu-openjdk:17, docker.io/azul/zulu-openjdk:17",
        "registry://gcr.io/distroless/java17:nonroot, gcr.io/distroless/java17:nonroot",
        "registry://eclipse-temurin:17-jre, docker.io/library/eclipse-temurin:17-jre",
        "tar:///images/base.tar, /images/base.tar",
        "tar://target/base.tar, /build/orders/target/base.tar",
        "eclipse-temurin, eclipse-temurin",
    })
    void takesTheNamesThatJibTakes(String configured, String expected) {
        assertThat(BaseName.of(Optional.of(configured), 17, MODULE)).isEqualTo(expected);
    }
}
