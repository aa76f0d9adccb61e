package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which libraries are modules, by the POMs around the module {@code com.example:orders:1.4.0} alone. */
class SourceTreeTest {
    private static final String PARENT = "<parent><groupId>org.shop</groupId><version>3</version></parent>";

    @TempDir
    Path top;

    private MavenProject orders;

    @BeforeEach
    void makeAModule() {
        orders = TestSession.module(top, "orders");
        MavenProject parent = TestSession.module(top, "parent");
        parent.setFile(top.resolve("pom.xml").toFile());
        orders.setParent(parent);
    }

    private SourceTree tree() {
        MavenSession alone = TestSession.of(top, orders);
        return SourceTree.around(orders, alone, new DefaultModelReader());
    }

    private void pom(String path, String content) throws IOException {
        Path file = top.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<project xmlns='http://maven.apache.org/POM/4.0.0'>" + content + "</project>");
    }

    private static Artifact library(String groupId, String artifactId, String version) {
        return new DefaultArtifact(
                groupId, artifactId, version, "runtime", "jar", "", new DefaultArtifactHandler("jar"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<modules><module>all</module></modules>",
                "<profiles><profile><id>ci</id><modules><module>all/pom.xml</module></modules></profile></profiles>"
            })
    void hasTheModulesBelowAParentOnDisk(String modules) throws IOException {
        pom("pom.xml", PARENT + "<artifactId>root</artifactId>" + modules);
        pom("all/pom.xml", PARENT + "<artifactId>all</artifactId><modules><module>../model</module></modules>");
        pom("model/pom.xml", PARENT + "<artifactId>model</artifactId><version>4</version>");

        assertThat(tree().has(library("org.shop", "model", "4"))).isTrue();
        assertThat(tree().has(library("org.shop", "all", "3"))).isTrue();
    }

    @Test
    void hasTheModulesOfTheDirectoryWithMvn() throws IOException {
        Files.createDirectories(top.resolve(".mvn"));
        orders.setParent(null);
        pom("pom.xml", "<artifactId>root</artifactId><modules><module>model</module></modules>");
        pom("model/pom.xml", PARENT + "<artifactId>model</artifactId>");

        assertThat(tree().has(library("org.shop", "model", "3"))).isTrue();
    }

    @Test
    void doesNotTakeAnotherVersionForTheModule() throws IOException {
        pom("pom.xml", "<artifactId>root</artifactId><modules><module>model</module></modules>");
        pom("model/pom.xml", PARENT + "<artifactId>model</artifactId>");

        assertThat(tree().has(library("org.shop", "model", "2"))).isFalse();
        assertThat(tree().has(library("org.shop", "models", "3"))).isFalse();
    }

    @Test
    void readsAVersionThatIsAnExpressionAsItsOwn() throws IOException {
        pom("pom.xml", "<artifactId>root</artifactId><modules><module>model</module></modules>");
        pom("model/pom.xml", "<groupId>org.shop</groupId><artifactId>model</artifactId><version>${revision}</version>");

        assertThat(tree().has(library("org.shop", "model", "1.4.0"))).isTrue();
        assertThat(tree().has(library("org.shop", "model", "1.3.0"))).isFalse();
    }

    @Test
    void hasWhatIsOfItsOwnGroupAndVersion() {
        assertThat(tree().has(library("com.example", "model", "1.4.0"))).isTrue();
        assertThat(tree().has(library("com.example", "model", "1.3.0"))).isFalse();
        assertThat(tree().has(library("com.example.other", "model", "1.4.0"))).isFalse();
    }

    @Test
    void overlooksWhatMavenCouldNotBuild() throws IOException {
        pom("pom.xml", "<artifactId>root</artifactId><modules><module>gone</module><module>broken</module></modules>");
        pom("broken/pom.xml", "<artifactId>");

        assertThat(tree().has(library("org.shop", "model", "3"))).isFalse();
    }

    @Test
    void isNotLedAstrayByModulesOfAPlugin() throws IOException {
        pom(
                "pom.xml",
                "<artifactId>root</artifactId><build><plugins><plugin><configuration><modules><module>model</module>"
                        + "</modules></configuration></plugin></plugins></build>");
        pom("model/pom.xml", PARENT + "<artifactId>model</artifactId>");

        assertThat(tree().has(library("org.shop", "model", "3"))).isFalse();
    }

    @Test
    void readsModulesThatNameEachOther() throws IOException {
        pom("pom.xml", "<artifactId>root</artifactId><modules><module>a</module></modules>");
        pom("a/pom.xml", PARENT + "<artifactId>a</artifactId><modules><module>../pom.xml</module></modules>");

        assertThat(tree().has(library("org.shop", "a", "3"))).isTrue();
    }
}
