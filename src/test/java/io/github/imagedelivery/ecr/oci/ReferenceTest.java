package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);

    @ParameterizedTest
    @CsvSource({
        "public.ecr.aws/docker/library/eclipse-temurin:17-jre, public.ecr.aws, docker/library/eclipse-temurin, 17-jre",
        "localhost:5000/orders:1.0, localhost:5000, orders, 1.0",
        "localhost/orders:1.0, localhost, orders, 1.0",
        "127.0.0.1:5000/orders:a, 127.0.0.1:5000, orders, a",
        "[::1]:5000/orders:a, [::1]:5000, orders, a",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/orders:v_1, 123456789012.dkr.ecr.eu-west-1.amazonaws.com, team/orders, v_1"
    })
    void readsAndWritesATag(String text, String registry, String repository, String tag) throws FormatException {
        Reference reference = Reference.parse(text);

        assertThat(reference.registry()).isEqualTo(registry);
        assertThat(reference.repository()).hasToString(repository);
        assertThat(reference.tag()).hasValue(new Tag(tag));
        assertThat(reference.digest()).isEmpty();
        assertThat(reference.manifestReference()).isEqualTo(tag);
        assertThat(reference).hasToString(text);
    }

    @Test
    void asksForTheDigestWhereThereIsOne() throws FormatException {
        Reference reference = Reference.parse("quay.io/base:1@" + DIGEST);

        assertThat(reference.manifestReference()).isEqualTo(DIGEST.toString());
        assertThat(reference).hasToString("quay.io/base:1@" + DIGEST);
        assertThat(Reference.parse("quay.io/base:1").at(DIGEST)).isEqualTo(reference);
        assertThat(Reference.parse("quay.io/base@" + DIGEST).tag()).isEmpty();
    }

    static String[] unreadable() {
        return new String[] {
            "",
            "orders:1",
            "orders/app:1",
            "host.example/app",
            "host.example/:1",
            "host.example/App:1",
            "host.example/app:",
            "host.example/app:a:b",
            "host.example/app:a/b",
            "host.example/app@sha256:12",
            "host.example/app@",
            "host.example/app:1@sha512:" + "0".repeat(128),
            "host.example//app:1",
            "host.example/app/:1",
            "-host.example/app:1",
            "host..example/app:1",
            "host.example:port/app:1",
            "user@host.example/app:1",
            "https://host.example/app:1",
            "host.example/app:1\n",
            "host.example/a b:1",
            "a.".repeat(5000) + "example/app:1"
        };
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void refusesWhatIsNoReference(String text) {
        assertThatThrownBy(() -> Reference.parse(text)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host.example:5000/a.b/c__d/e-f--g:T.a_g-1"})
    void knowsTheWholeGrammar(String text) throws FormatException {
        assertThat(Reference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "eclipse-temurin:17-jre, docker.io/library/eclipse-temurin:17-jre",
        "azul/zulu-openjdk:17, docker.io/azul/zulu-openjdk:17",
        "docker.io/eclipse-temurin:17-jre, docker.io/library/eclipse-temurin:17-jre",
        "index.docker.io/azul/zulu-openjdk:17, docker.io/azul/zulu-openjdk:17",
        "registry-1.docker.io/library/openjdk:17, docker.io/library/openjdk:17",
        "localhost/base:1, localhost/base:1",
        "quay.io/base:1, quay.io/base:1",
    })
    void completesANameAsDockerDoes(String text, String whole) throws FormatException {
        assertThat(Reference.familiar(text)).hasToString(whole);
    }

    @Test
    void completesAPinnedName() throws FormatException {
        assertThat(Reference.familiar("eclipse-temurin@" + DIGEST))
                .hasToString("docker.io/library/eclipse-temurin@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eclipse-temurin", "Temurin:17", "a/b", "docker.io/eclipse-temurin"})
    void addsNoTagToAName(String text) {
        assertThatThrownBy(() -> Reference.familiar(text)).isInstanceOf(FormatException.class);
    }
}
