package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.JavaApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationReaderTest {
    private static final byte[] OF_JAVA_11 = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 55};

    @TempDir
    Path top;

    private final List<String> debug = new ArrayList<>();
    private final Set<Artifact> artifacts = new LinkedHashSet<>();
    private final PushMojo goal = new PushMojo();
    private MavenProject project;
    private MavenSession session;

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // there is no Maven that would inject anything
    void makeAModule() throws IOException {
        project = TestSession.module(top, "orders");
        project.setArtifacts(artifacts);
        session = TestSession.of(top, project);
        goal.project = project;
        goal.session = session;
        goal.models = new DefaultModelReader();
        Files.createDirectories(Path.of(project.getBuild().getOutputDirectory()));
    }

    @Test
    void leavesOutWhatIsForDevelopment() throws Exception {
        library("org.springframework.boot", "spring-boot-devtools");
        library("org.springframework.boot", "spring-boot-docker-compose");
        library("org.springframework.boot", "spring-boot");
        library("com.example", "spring-boot-devtools");
        ownClass("App");

        assertThat(read("App").libraries())
                .extracting(library -> top.relativize(library.jar()).toString())
                .containsExactly("org.springframework.boot/spring-boot.jar", "com.example/spring-boot-devtools.jar");
        assertThat(debug)
                .containsExactly(
                        "orders: spring-boot-devtools is left out of the image, since it is for development",
                        "orders: spring-boot-docker-compose is left out of the image, since it is for development");
    }

    @Test
    void takesTheJavaReleaseOfAMainClassInALibrary() throws Exception {
        library("com.example", "other");
        library("com.example", "launcher", "com/example/Launcher.class");

        assertThat(read("com.example.Launcher").javaRelease()).isEqualTo(11);
    }

    @Test
    void refusesAMainClassThatIsNowhere() throws Exception {
        library("com.example", "launcher", "com/example/Launcher.class");
        ownClass("App");

        assertThatThrownBy(() -> read("com.example.Gone"))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        The main class com.example.Gone is not there; nothing was built or sent
                          cause: it is neither in %s nor in a library of the module
                          to fix: correct ecr.mainClass, or whatever names it in the POM, to the name of a class that is""".formatted(project.getBuild().getOutputDirectory()));
    }

    @Test
    void laysEachLibraryIntoTheLayerOfItsOrigin() throws Exception {
        ownClass("App");
        library("org.lib", "named-1.0");
        library("org.lib", "released-1.0");
        library("com.example", "model").setVersion("1.4.0");
        library("org.lib", "moving").setVersion("2-SNAPSHOT");
        goal.sharedDependencies = List.of("org.*:named*", "com.other:*");

        assertThat(read("App").libraries())
                .extracting(library -> library.name() + " " + library.origin())
                .containsExactly(
                        "named-1.0.jar SHARED",
                        "released-1.0.jar RELEASE",
                        "model-1.4.0.jar PROJECT",
                        "moving.jar SNAPSHOT");
    }

    @Test
    void sharesWhatTheParentGivesToAllModules() throws Exception {
        ownClass("App");
        library("org.lib", "given");
        library("org.lib", "overridden").setVersion("1.1");
        MavenProject parent = TestSession.module(top, "parent");
        parent.getModel().addDependency(new Dependency());
        project.setParent(parent);
        String found = "ecr-maven-plugin.shared " + parent.getId();
        session.getRequest().getData().put(found, Set.of("org.lib:given:jar::1.0", "org.lib:overridden:jar::1.0"));

        assertThat(read("App").libraries())
                .extracting(library -> library.name() + " " + library.origin())
                .containsExactly("given.jar SHARED", "overridden.jar RELEASE");
    }

    private JavaApplication read(String mainClass) throws DeliveryException {
        SystemStreamLog log = new SystemStreamLog() {
            @Override
            public void debug(CharSequence line) {
                debug.add(line.toString());
            }
        };
        return new ApplicationReader(goal, new MavenDeliveryLog(log))
                .read(Optional.of(mainClass))
                .orElseThrow();
    }

    private void ownClass(String name) throws IOException {
        Files.write(Path.of(project.getBuild().getOutputDirectory(), name + ".class"), OF_JAVA_11);
    }

    private Artifact library(String groupId, String artifactId, String... classes) throws IOException {
        Path jar = Files.createDirectories(top.resolve(groupId)).resolve(artifactId + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : classes) {
                out.putNextEntry(new JarEntry(name));
                out.write(OF_JAVA_11);
            }
        }
        DefaultArtifactHandler handler = new DefaultArtifactHandler("jar");
        handler.setAddedToClasspath(true);
        Artifact artifact = new DefaultArtifact(groupId, artifactId, "1.0", "runtime", "jar", "", handler);
        artifact.setFile(jar.toFile());
        artifacts.add(artifact);
        return artifact;
    }
}
