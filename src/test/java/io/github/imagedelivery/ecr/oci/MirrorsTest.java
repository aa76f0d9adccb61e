package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorsTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";

    private static Mirrors mirrors() throws FormatException {
        return Mirrors.of(
                Map.of(
                        "docker.io", ECR + "/docker-hub/",
                        "docker.io/library", ECR + "/official",
                        "public.ecr.aws", "mirror.example:5000"),
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/azul/zulu-openjdk:17, " + ECR + "/docker-hub/azul/zulu-openjdk:17",
        "docker.io/library/eclipse-temurin:17-jre, " + ECR + "/official/eclipse-temurin:17-jre",
        "docker.io/library2/jre:17, " + ECR + "/docker-hub/library2/jre:17",
        "public.ecr.aws/docker/library/eclipse-temurin:17-jre, mirror.example:5000/docker/library/eclipse-temurin:17-jre"
    })
    void replacesTheLongestBeginning(String name, String read) throws FormatException {
        assertThat(mirrors().of(Reference.parse(name)).orElseThrow()).hasToString(read);
    }

    @Test
    void keepsTheDigest() throws FormatException {
        Digest digest = Digest.of(new byte[0]);

        assertThat(mirrors().of(Reference.parse("docker.io/a/b:1@" + digest)).orElseThrow())
                .hasToString(ECR + "/docker-hub/a/b:1@" + digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quay.io/base:1", "docker.io.example/base:1", "public.ecr.aws.example/base:1"})
    void leavesOtherRegistriesAlone(String name) throws FormatException {
        assertThat(mirrors().of(Reference.parse(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "docker", "https://docker.io", "docker.io/Library", "docker.io/a b", "u@docker.io"})
    void refusesWhatIsNoPlace(String place) {
        assertThatThrownBy(() -> Mirrors.of(Map.of("docker.io", place), false))
                .hasMessageContaining("is not host or host/path");
        assertThatThrownBy(() -> Mirrors.of(Map.of(place, "quay.io"), false))
                .hasMessageContaining("is not host or host/path");
    }

    @Test
    void refusesANameThatIsTooLongAtItsMirror() throws FormatException {
        Mirrors mirrors = Mirrors.of(Map.of("quay.io", ECR + "/" + "a".repeat(200)), false);

        assertThatThrownBy(() -> mirrors.of(Reference.parse("quay.io/" + "b".repeat(100) + ":1")))
                .isInstanceOf(FormatException.class);
    }
}
