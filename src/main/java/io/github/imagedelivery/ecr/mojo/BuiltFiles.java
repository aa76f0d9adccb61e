package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** What the packaging of a module has left in its build directory. */
final class BuiltFiles {
    private final MavenProject project;

    BuiltFiles(MavenProject project) {
        this.project = project;
    }

    Path directory() {
        return Path.of(project.getBuild().getDirectory());
    }

    /** Returns the archive that the module's packaging makes, whatever a later plugin has done to it. */
    Path archive(String type) throws DeliveryException {
        String classifier = configured(
                        "org.apache.maven.plugins:maven-" + type + "-plugin", "default-" + type, "classifier")
                .map(value -> "-" + value)
                .orElse("");
        return there(directory().resolve(project.getBuild().getFinalName() + classifier + "." + type));
    }

    /** Returns the archive as it was before Spring Boot has repackaged it. */
    Path original(String type) throws DeliveryException {
        Path archive = archive(type);
        return isRepackaged(archive) ? there(archive.resolveSibling(archive.getFileName() + ".original")) : archive;
    }

    /** Returns the executable of native-maven-plugin. */
    Path executable() throws DeliveryException {
        String name = configured(Kind.NATIVE_PLUGIN, "", "imageName").orElse(project.getArtifactId());
        return there(directory().resolve(name));
    }

    private static boolean isRepackaged(Path archive) throws DeliveryException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().startsWith("org/springframework/boot/loader/"));
        } catch (IOException e) {
            throw DeliveryException.ofUser(
                    archive + " cannot be read; nothing was built or sent", e, "build it again: mvn clean package");
        }
    }

    /** Returns the file, which the build must have made. */
    static Path there(Path file) throws DeliveryException {
        if (!Files.isRegularFile(file)) {
            throw DeliveryException.ofUser(
                    "The module has not been packaged; nothing was built or sent",
                    file + " is not there",
                    "run \"mvn package ecr:push\", or correct ecr.kind and the parameter that names the file");
        }
        return file;
    }

    private Optional<String> configured(String name, String execution, String element) {
        Plugin plugin = project.getPlugin(name);
        if (plugin == null) {
            return Optional.empty();
        }
        PluginExecution own = plugin.getExecutionsAsMap().get(execution);
        return text(own == null ? null : own.getConfiguration(), element)
                .or(() -> text(plugin.getConfiguration(), element));
    }

    private static Optional<String> text(@Nullable Object configuration, String element) {
        return configuration instanceof Xpp3Dom dom && dom.getChild(element) != null
                ? Parameters.text(dom.getChild(element).getValue())
                : Optional.empty();
    }
}
