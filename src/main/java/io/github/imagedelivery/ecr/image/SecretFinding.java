package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something in an image that looks like a secret. Whoever may pull the image reads it, and no later layer takes it out.
 *
 * @param what "the file", "the variable" and the like
 * @param name absolute path in the image, name of the variable, label, annotation or option; from outside
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
     * Looks through what an application brings into its image: its files, but not into jars of others, and the settings that are
     * written into the config.
     *
     * @throws ImageException if the application cannot be packed
     */
    public static List<SecretFinding> in(Application application, ContainerSettings container) throws ImageException {
        List<SecretFinding> findings = new ArrayList<>();
        try (OpenArchives archives = new OpenArchives()) {
            for (FilesLayer layer : application.contents().layers()) {
                for (PlacedFile file : layer.withThoseInJars()) {
                    if (!(file.source() instanceof PlacedFile.Directory)) {
                        SecretFiles.look(file, archives).ifPresent(findings::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new ImageException(
                    "The files of the application cannot be read",
                    Texts.shown(e.toString()),
                    "let the user that runs the build read them");
        }
        findings.addAll(SecretSettings.look(container));
        return List.copyOf(findings);
    }

    /** Looks through the settings of an image that another tool has built; not through its files. */
    public static List<SecretFinding> in(PrebuiltImage image) {
        return image.secrets();
    }

    /** Looks through labels of an image. */
    public static List<SecretFinding> inLabels(Map<String, String> labels) {
        return SecretSettings.look("the label", labels);
    }

    /** Looks through annotations of a manifest. */
    public static List<SecretFinding> inAnnotations(Map<String, String> annotations) {
        return SecretSettings.look("the annotation", annotations);
    }

    /** Tells whether the value of a setting, a text or a list of words, looks like a secret. */
    public static boolean isSecret(String name, Json value) {
        return SecretSettings.isSecret(name, value);
    }

    /** Returns what a message shows. */
    @Override
    public String toString() {
        return what + " " + Texts.shown(name) + " (" + why + ")";
    }
}
