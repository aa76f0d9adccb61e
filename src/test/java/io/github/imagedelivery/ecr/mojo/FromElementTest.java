package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FromElementTest {
    private final FromElement from = new FromElement();

    @ParameterizedTest
    @CsvSource({
        "eclipse-temurin:21-jre, docker.io/library/eclipse-temurin:21-jre",
        "bitnami/java:21, docker.io/bitnami/java:21",
        "docker.io/amazoncorretto:21, docker.io/library/amazoncorretto:21",
        "docker.io/bitnami/java:21, docker.io/bitnami/java:21",
        "registry://busybox:1, docker.io/library/busybox:1",
        "tar://target/base.tar, ./target/base.tar",
        "tar:///var/base.tar, /var/base.tar",
    })
    void readsWhatIsNestedAsJibDoes(String image, String name) {
        from.image = image;

        assertThat(Parameters.text(from)).hasValue(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scratch",
                "localhost/base:1",
                "localhost:5000/base:1",
                "gcr.io/distroless/java21:nonroot",
                "public.ecr.aws/docker/library/eclipse-temurin:21-jre",
                "/var/base.tar",
                "./base",
                "docker://busybox",
                "${base.image}"
            })
    void leavesAlone(String image) {
        from.image = image;

        assertThat(Parameters.text(from)).hasValue(image);
    }

    @Test
    void takesTextAsItIs() {
        from.set("eclipse-temurin:21-jre");

        assertThat(Parameters.text(from)).hasValue("eclipse-temurin:21-jre");
    }

    @Test
    void namesNothingWhereNothingIsSaid() {
        assertThat(Parameters.text(from)).isEmpty();
    }
}
