package io.github.imagedelivery.ecr.mojo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Model;
import org.apache.maven.model.ModelBase;
import org.apache.maven.model.Parent;
import org.apache.maven.model.io.ModelReader;

/**
 * What a POM on disk says of itself and of its modules, as it is written there: whether or not Maven builds it, and with
 * the modules of all its profiles, so that no option of a build changes what is read.
 *
 * @param coordinates {@code groupId:artifactId:version}, each from its parent where it has none of its own; an expression
 *     is left as it is
 * @param modules the POMs of its modules
 */
record PomFile(String coordinates, List<Path> modules) {
    /** Copies the modules. */
    PomFile {
        modules = List.copyOf(modules);
    }

    /** Reads the file; empty where it is none that Maven could build. */
    static Optional<PomFile> read(Path file, ModelReader reader) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(reader.read(file.toFile(), Map.of(ModelReader.IS_STRICT, false)), file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static PomFile of(Model model, Path file) {
        Parent parent = Objects.requireNonNullElseGet(model.getParent(), Parent::new);
        String groupId = model.getGroupId() == null ? parent.getGroupId() : model.getGroupId();
        String version = model.getVersion() == null ? parent.getVersion() : model.getVersion();
        List<Path> modules = Stream.concat(Stream.of(model), model.getProfiles().stream())
                .map(ModelBase::getModules)
                .flatMap(List::stream)
                .map(module -> pom(file, module))
                .toList();
        return new PomFile(groupId + ":" + model.getArtifactId() + ":" + version, modules);
    }

    private static Path pom(Path file, String module) {
        Path path = file.resolveSibling(module.strip()).normalize();
        return Files.isDirectory(path) ? path.resolve("pom.xml") : path;
    }
}
