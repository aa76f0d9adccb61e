package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.Finding.Outcome;
import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Mirrors;
import io.github.imagedelivery.ecr.registry.Registries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base whose Java cannot load the module's classes is refused before anything is built, where that is certain. */
class BaseJavaRuleTest {
    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private BaseImages session(boolean checksJava) {
        return new BaseImages(
                Registries.create(DeliveryFixture.TWO_TRIES),
                fixture.source(),
                RegistryLogins.NONE,
                new BaseSettings(fixture.cache(), LockSettings.NONE, Mirrors.NONE, checksJava));
    }

    private static BaseSource base(String variable) {
        Json config = Json.object().with("config", Json.object().with("Env", Json.texts(List.of(variable))));
        return BaseSource.here(new BaseImage("registry.example/jre:1", Optional.empty(), config, List.of()));
    }

    @Test
    void refusesAJavaThatIsTooOld() {
        assertThatThrownBy(() ->
                        session(true).requireJava("orders", OptionalInt.of(17), base("JAVA_VERSION=jdk-11.0.21+9")))
                .hasMessage("""
                        The base image registry.example/jre:1 has Java 11, and orders is compiled for Java 17; nothing was built or sent
                          cause: JAVA_VERSION is jdk-11.0.21+9, and a Java does not load classes of a later release
                          to fix: name a base image with Java 17 or later with ecr.from, compile for release 11, or set ecr.base.javaCheck=false if it has a later Java after all""");
    }

    @Test
    void takesAnyOtherBase() throws Exception {
        session(true).requireJava("orders", OptionalInt.of(17), base("JAVA_VERSION=17.0.2"));
        session(true).requireJava("orders", OptionalInt.of(17), base("JAVA_VERSION=jdk-21.0.1+12"));
        session(true).requireJava("orders", OptionalInt.of(17), base("PATH=/usr/bin"));
        session(true).requireJava("orders", OptionalInt.empty(), base("JAVA_VERSION=8u342"));
        session(false).requireJava("orders", OptionalInt.of(17), base("JAVA_VERSION=8u342"));
    }

    /** Gives the base image of the fixture a name that says what it has. */
    private String old() throws Exception {
        fixture.ecr.createRepository("openjdk");
        List<Blob> blobs = new ArrayList<>();
        Manifest manifest = fixture.ecr.manifest("base/jre", fixture.base).orElseThrow();
        Stream<Descriptor> contents = Stream.concat(manifest.layers().stream(), manifest.config().stream());
        for (Descriptor content : contents.toList()) {
            blobs.add(Blob.of(content.mediaType(), fixture.ecr.blob("base/jre", content.digest())));
        }
        fixture.ecr.seed("openjdk", "11-jre", manifest, blobs);
        return fixture.ecr.registryHost() + "/openjdk:11-jre";
    }

    @Test
    void stagesNothingOnIt() throws Exception {
        String old = old();

        assertThatThrownBy(() -> fixture.stage(fixture.module("orders").base(old)))
                .hasMessageStartingWith("The base image " + old + " has Java 11, and orders is compiled for Java 17");
        assertThat(fixture.ecr.images("orders")).isEmpty();
    }

    @Test
    void failsTheCheckBeforeTheBuild() throws Exception {
        InspectionReport report = fixture.inspection(fixture.source())
                .inspect(List.of(fixture.module("orders").base(old()).candidate()), false, Exchange.Listener.NONE);

        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("base image"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(finding.text()).contains("has Java 11");
                });
    }
}
