package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.MainClasses;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/** Reads the application out of a Maven module: its classes, its runtime class path, its main class. */
final class ApplicationReader {
    /** Restarts the service or starts containers beside it: Spring Boot's own packaging leaves them out as well. */
    private static final Set<String> DEVELOPMENT = Set.of("spring-boot-devtools", "spring-boot-docker-compose");

    private final ImageParameters goal;
    private final MavenProject project;
    private final MavenDeliveryLog log;

    ApplicationReader(ImageParameters goal, MavenDeliveryLog log) {
        this.goal = goal;
        this.project = goal.project;
        this.log = log;
    }

    /** Returns the application; empty for a module without a main class, such as a library. */
    Optional<JavaApplication> read(Optional<String> configuredMainClass) throws DeliveryException {
        Path classes = Path.of(project.getBuild().getOutputDirectory());
        if (!Files.isDirectory(classes)) {
            return Optional.empty();
        }
        Optional<String> mainClass = new MainClassRule(project, configuredMainClass).mainClass(classes);
        if (mainClass.isEmpty()) {
            return Optional.empty();
        }
        List<Library> libraries = libraries();
        int release = javaRelease(classes, libraries, mainClass.get());
        return Optional.of(new JavaApplication(classes, libraries, mainClass.get(), release));
    }

    private static int javaRelease(Path classes, List<Library> libraries, String mainClass) throws DeliveryException {
        OptionalInt own = MainClasses.javaRelease(classes, mainClass);
        if (own.isPresent()) {
            return own.getAsInt();
        }
        return libraries.stream()
                .map(library -> MainClasses.javaReleaseInJar(library.jar(), mainClass))
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElseThrow(() -> DeliveryException.ofUser(
                        "The main class " + mainClass + " is not there; nothing was built or sent",
                        "it is neither in " + classes + " nor in a library of the module",
                        "correct ecr.mainClass, or whatever names it in the POM, to the name of a class that is"));
    }

    private List<Library> libraries() throws DeliveryException {
        LibraryOrigins origins = LibraryOrigins.of(goal);
        List<Library> libraries = new ArrayList<>();
        for (Artifact artifact : project.getArtifacts()) {
            if (isForDevelopment(artifact)) {
                log.leftOut(project.getArtifactId(), artifact.getArtifactId());
            } else if (artifact.getArtifactHandler().isAddedToClasspath()) {
                libraries.add(origins.library(artifact, jar(artifact)));
            }
        }
        return libraries;
    }

    private static boolean isForDevelopment(Artifact artifact) {
        return artifact.getGroupId().equals("org.springframework.boot")
                && DEVELOPMENT.contains(artifact.getArtifactId());
    }

    private static Path jar(Artifact artifact) throws DeliveryException {
        File file = artifact.getFile();
        if (file == null || !file.isFile()) {
            throw DeliveryException.ofUser(
                    "The dependency " + artifact.getArtifactId() + " has not been packaged",
                    (file == null ? "it has no file" : file + " is no jar"),
                    "run a phase that packages it first, for example mvn package ecr:push");
        }
        return file.toPath();
    }
}
