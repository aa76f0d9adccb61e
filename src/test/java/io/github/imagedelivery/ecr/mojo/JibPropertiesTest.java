package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JibPropertiesTest {
    @TempDir
    Path top;

    private MavenProject orders;
    private MavenSession session;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void open() {
        orders = TestSession.module(top, "orders");
        session = TestSession.of(top, orders);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image | use -Decr.registry and -Decr.name",
                "jib.to.image | use -Decr.registry and -Decr.name",
                "jib.to.tags | use -Decr.additionalTags",
                "jib.to.auth.password | use the AWS credentials of the build: the plugin logs in to ECR by itself",
                "jib.from.image | use -Decr.from",
                "jib.container.jvmFlags | use -Decr.jvmFlags",
                "jib.container.creationTime | use -Decr.created",
                "jib.skip | use -Decr.skip",
                "jib.containerize | use -pl with the module, or -Decr.skip",
            })
    void refusesWhatWouldBeMissed(String property, String remedy) {
        session.getUserProperties().setProperty(property, "not-shown");

        assertThatThrownBy(() -> JibProperties.refuse(session, false)).hasMessage("""
                %1$s is a property of jib-maven-plugin; nothing was built or sent
                  cause: -D%1$s is on the command line, and this plugin does not read it
                  to fix: %2$s""".formatted(property, remedy));
    }

    @Test
    void leavesAPropertyImageToThePomThatNamesTheImage() {
        session.getUserProperties().setProperty("image", "a");

        assertThatCode(() -> JibProperties.refuse(session, true)).doesNotThrowAnyException();
    }

    @Test
    void refusesAllOfThemAtOnce() {
        session.getUserProperties().setProperty("jib.to.image", "a");
        session.getUserProperties().setProperty("jib.from.image", "b");

        assertThatThrownBy(() -> JibProperties.refuse(session, false))
                .hasMessageContaining("jib.from.image is")
                .hasMessageContaining("jib.to.image is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jib.console", "jib.httpTimeout", "ecr.name", "imageName"})
    void refusesNothingThatLeavesTheImageAsItIs(String property) {
        session.getUserProperties().setProperty(property, "x");

        assertThatCode(() -> JibProperties.refuse(session, false)).doesNotThrowAnyException();
    }

    @Test
    void leavesTheirPropertiesToABuildThatRunsJib() {
        session.getUserProperties().setProperty("jib.to.image", "a");
        session.getUserProperties().setProperty("jib.console", "plain");
        Plugin jib = new Plugin();
        jib.setGroupId("com.google.cloud.tools");
        jib.setArtifactId("jib-maven-plugin");
        orders.getBuild().addPlugin(jib);

        assertThatCode(() -> JibProperties.refuse(session, false)).doesNotThrowAnyException();
        warn();
        assertThat(warnings).isEmpty();
    }

    @Test
    void warnsOnceOfPropertiesOfThePom() {
        orders.getProperties().setProperty("jib.to.image", "not-shown");
        orders.getProperties().setProperty("jib-maven-plugin.version", "3.5.2");
        session.getUserProperties().setProperty("jib.console", "plain");

        warn();
        warn();

        assertThat(warnings)
                .containsExactly("Properties of jib-maven-plugin are not read: jib.console, jib.to.image. The page"
                        + " from-jib.md, \"From jib-maven-plugin\", says what they are called here");
    }

    private void warn() {
        JibProperties.warn(session, new GoalLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence line) {
                warnings.add(line.toString());
            }
        }));
    }
}
