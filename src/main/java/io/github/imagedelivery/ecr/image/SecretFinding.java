package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something in an image that looks like a secret. Whoever may pull the image reads it, and no later layer takes it out.
 *
 * @param what "the file", "the variable" and the like
 * @param name path in the classes directory with {@code /}, name of the variable, label or option; from outside
 * @param why what makes it look like a secret; never the value
 * @param weight how sure that is
 */
public record SecretFinding(String what, String name, String why, Weight weight) {
    /** How sure a finding is. */
    public enum Weight {
        /** There is hardly another reason for it. */
        CERTAIN,
        /** What is in it cannot be told. */
        POSSIBLE
    }

    /**
     * Looks through what an application brings into its image: its classes and resources, not its libraries, and the
     * settings that are written into the config.
     *
     * @throws ImageException if the classes directory cannot be packed
     */
    public static List<SecretFinding> in(
            JavaApplication application, ContainerSettings container, Map<String, String> labels)
            throws ImageException {
        List<SecretFinding> findings = new ArrayList<>();
        for (Path file : ClassesDirectory.files(application.classes())) {
            look(application.classes(), file).ifPresent(findings::add);
        }
        findings.addAll(SecretSettings.look(container, labels));
        return List.copyOf(findings);
    }

    private static Optional<SecretFinding> look(Path classes, Path file) throws ImageException {
        try {
            return SecretFiles.look(ClassesDirectory.nameIn(classes, file), file);
        } catch (IOException e) {
            throw new ImageException(
                    "The classes directory cannot be packed",
                    Texts.shown(file + " cannot be read: " + e),
                    "let the user that runs the build read it");
        }
    }

    /** Returns what a message shows. */
    @Override
    public String toString() {
        return what + " " + Texts.shown(name) + " (" + why + ")";
    }
}
