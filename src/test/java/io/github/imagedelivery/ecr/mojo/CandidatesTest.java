package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.NewRepository.Encryption;
import io.github.imagedelivery.ecr.delivery.Candidate;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidatesTest {
    @TempDir
    Path top;

    private final PushMojo goal = new PushMojo();

    @BeforeEach
    void configure() {
        goal.project = TestSession.module(top, "orders");
        goal.session = TestSession.of(top, goal.project);
    }

    private Candidate candidate() throws DeliveryException {
        return Candidates.of(new Target(goal.project, "push", true, goal, List.of()));
    }

    private void source(String file, String text) throws Exception {
        Path source = top.resolve("orders/src/main").resolve(file);
        Files.createDirectories(source.getParent());
        Files.writeString(source, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            java/App.java   | class App { public static void main(String[] args) {} }
            java/App.java   | void main () { }
            kotlin/App.kt   | fun main() { }
            scala/App.scala | object Shop extends App
            """)
    void takesAModuleWithAMainMethodInItsSourcesForAnApplication(String file, String text) throws Exception {
        source(file, text);

        assertThat(candidate().isApplication()).isTrue();
    }

    @Test
    void takesAModuleWithoutOneForALibrary() throws Exception {
        source("java/Model.java", "class Model { void maintain() {} }");

        assertThat(candidate().isApplication()).isFalse();
    }

    @Test
    void takesAModuleWhoseMainClassIsNamedForAnApplication() throws Exception {
        source("java/Model.java", "class Model {}");
        goal.mainClass = "org.example.Launcher";

        assertThat(candidate().isApplication()).isTrue();
    }

    @Test
    void knowsTheBaseByTheReleaseOfThePom() throws Exception {
        goal.project.getProperties().setProperty("maven.compiler.release", "21");

        assertThat(candidate().base()).hasValue("public.ecr.aws/docker/library/eclipse-temurin:21-jre");
    }

    @Test
    void doesNotGuessTheBaseWhereThePomNamesNoRelease() throws Exception {
        assertThat(candidate().base()).isEmpty();
    }

    @Test
    void createsNoRepositoryUnlessAsked() throws Exception {
        assertThat(candidate().creation()).isEmpty();
    }

    @Test
    void createsARepositoryByItsParameters() throws Exception {
        goal.createRepository = true;
        goal.encryption = "kms";
        goal.kmsKey = "alias/shop";
        goal.repositoryTags = Map.of("team", "shop");
        goal.dirty = "suffix";

        assertThat(candidate().creation()).hasValueSatisfying(creation -> {
            assertThat(creation.encryption()).isEqualTo(new Encryption("KMS", Optional.of("alias/shop")));
            assertThat(creation.tags()).containsEntry("team", "shop");
            assertThat(creation.moving()).containsExactly(new TagPattern("*-SNAPSHOT"), new TagPattern("*-dirty"));
        });
    }

    @Test
    void refusesAKeyThatIsNotUsed() {
        goal.createRepository = true;
        goal.kmsKey = "alias/shop";

        assertThatThrownBy(this::candidate).hasMessageContaining("ecr.encryption is AES256");
    }

    @Test
    void refusesMoreMovingVersionsThanARepositoryCanExclude() {
        goal.createRepository = true;
        goal.movingVersions = List.of("a", "b", "c", "d", "e", "f");

        assertThatThrownBy(this::candidate).hasMessageContaining("takes 5 exclusion filters");
    }

    @Test
    void refusesATagOfTheRepositoryThatIsNotResolved() {
        goal.createRepository = true;
        goal.repositoryTags = Map.of("team", "${owner}");

        assertThatThrownBy(this::candidate).hasMessageContaining("ecr.repositoryTags is \"${owner}\"");
    }
}
