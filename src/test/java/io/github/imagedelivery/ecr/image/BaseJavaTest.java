package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What known base images say about their Java: the variables and labels of their configs, and their names. */
class BaseJavaTest {
    private static final String ANY = "registry.example/base/runtime:2026-11";

    private static Optional<BaseJava> java(String name, @Nullable String variables) {
        List<String> environment = variables == null ? List.of() : Arrays.asList(variables.split(" "));
        Json config = Json.object().with("config", Json.object().with("Env", Json.texts(environment)));
        return BaseJava.of(new BaseImage(name, Optional.empty(), config, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "8, JAVA_HOME=/opt/java/openjdk JAVA_VERSION=jdk8u392-b08",
        "11, JAVA_HOME=/opt/java/openjdk JAVA_VERSION=jdk-11.0.21+9",
        "17, JAVA_HOME=/opt/java/openjdk JAVA_VERSION=jdk-17.0.9+9",
        "21, JAVA_HOME=/opt/java/openjdk JAVA_VERSION=jdk-21.0.1+12-LTS",
        "25, JAVA_HOME=/opt/java/openjdk JAVA_VERSION=jdk-25+36",
        "17, JAVA_HOME=/opt/java/openjdk JAVA_VERSION=jdk-17.0.9+9_openj9-0.41.0",
        "8, JAVA_HOME=/usr/local/openjdk-8 JAVA_VERSION=8u342",
        "17, JAVA_HOME=/usr/local/openjdk-17 JAVA_VERSION=17.0.2",
        "21, JAVA_HOME=/usr/java/openjdk-21 JAVA_VERSION=21-ea",
        "8, JAVA_HOME=/usr/lib/jvm/java-1.8.0-amazon-corretto",
        "17, LANG=C.UTF-8 JAVA_HOME=/usr/lib/jvm/java-17-amazon-corretto",
        "11, JAVA_HOME=/usr/lib/jvm/zulu11-ca-amd64",
        "17, JAVA_HOME=/usr/lib/jvm/zulu17",
        "17, JAVA_HOME=/usr/lib/jvm/sapmachine-17",
        "21, JAVA_HOME=/usr/lib/jvm/msopenjdk-21-amd64",
        "17, JAVA_HOME=/usr/lib/jvm/jdk-17.0.9-bellsoft-x86_64",
        "8, JAVA_VERSION=1.8.0 JAVA_HOME=/usr/lib/jvm/java-1.8.0",
        "21, JAVA_VERSION=21 JAVA_HOME=/usr/lib/jvm/java-21",
        "17, JAVA_VERSION=17.0.13.0.11 JAVA_HOME=/usr/lib/jvm/jre-17-openjdk",
        "17, JAVA_HOME=/usr/lib64/graalvm/graalvm-community-java17",
        "21, JAVA_HOME=/opt/graalvm-community-openjdk-21.0.2+13.1",
    })
    void isToldByTheEnvironment(int release, String variables) {
        assertThat(java(ANY, variables)).map(BaseJava::release).hasValue(release);
    }

    @ParameterizedTest
    @CsvSource({
        "17, public.ecr.aws/docker/library/eclipse-temurin:17-jre",
        "8, docker.io/library/eclipse-temurin:8u392-b08-jre-jammy",
        "11, docker.io/library/amazoncorretto:11.0.21-al2023",
        "8, docker.io/library/openjdk:8-jre-slim",
        "7, docker.io/library/openjdk:7-jre",
        "17, docker.io/library/ibm-semeru-runtimes:open-17-jre",
        "11, docker.io/azul/zulu-openjdk:11-jre-headless",
        "17, docker.io/bellsoft/liberica-openjre-debian:17.0.9-11",
        "17, gcr.io/distroless/java17-debian12:nonroot",
        "11, gcr.io/distroless/java11:latest",
        "21, registry.access.redhat.com/ubi9/openjdk-21-runtime:1.20-2",
        "17, docker.io/library/tomcat:10.1-jre17-temurin",
        "11, docker.io/library/jetty:9.4-jdk11",
        "17, docker.io/library/maven:3.9-eclipse-temurin-17",
        "17, mcr.example/base/runtime:java17-2",
    })
    void isToldByTheName(int release, String name) {
        assertThat(java(name, null)).map(BaseJava::release).hasValue(release);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scratch",
                "/images/jdk8/base.tar",
                ANY,
                "registry.example/base/java:5",
                "registry.example/base/jre:2.1",
                "registry.example/team/openjdk:3",
                "gcr.io/distroless/base-debian12:nonroot",
                "docker.io/library/alpine:3.19",
                "docker.io/library/ubuntu:22.04",
                "docker.io/library/eclipse-temurin:latest",
                "cgr.dev/chainguard/jre:latest",
            })
    void isNotToldByOtherNames(String name) {
        assertThat(java(name, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JAVA_HOME=/usr/lib/jvm/default-jvm",
                "JAVA_HOME=/opt/java/openjdk",
                "JAVA_VERSION=",
                "JAVA_VERSION",
                "JAVA_VERSION=latest",
                "JAVA_VERSION=170",
                "MY_JAVA_VERSION=8 PATH=/opt/jdk-8/bin",
                "JAVA_HOME=/opt/graalvm-22.3",
            })
    void isNotToldByOtherVariables(String variables) {
        assertThat(java(ANY, variables)).isEmpty();
    }

    @Test
    void isToldByTheNameInTheLabels() throws Exception {
        Json config = Json.parse("{\"config\":{\"Labels\":{\"name\":\"ubi8/openjdk-17\",\"version\":\"8\"}}}");

        assertThat(BaseJava.of(new BaseImage(ANY, Optional.empty(), config, List.of())))
                .hasValue(new BaseJava(17, "the label name is ubi8/openjdk-17"));
    }

    @Test
    void isTheLatestOfThoseThatAreNamed() {
        String temurin = "docker.io/library/eclipse-temurin:11-jre";

        assertThat(java(temurin, "JAVA_VERSION=jdk-11.0.21+9 JAVA_HOME=/usr/lib/jvm/java-17"))
                .hasValue(new BaseJava(17, "JAVA_HOME is /usr/lib/jvm/java-17"));
        assertThat(java(temurin, "JAVA_VERSION=jdk-8u1")).map(BaseJava::release).hasValue(11);
    }
}
