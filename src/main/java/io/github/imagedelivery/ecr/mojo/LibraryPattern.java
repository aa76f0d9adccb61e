package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * Names libraries by their coordinates. {@code *} stands for any characters or none, as in the patterns of tags.
 *
 * @param groupId what the groupId is like
 * @param artifactId what the artifactId is like
 */
record LibraryPattern(TagPattern groupId, TagPattern artifactId) {
    /** Reads the patterns of a parameter. */
    static List<LibraryPattern> all(String property, @Nullable List<String> texts) throws DeliveryException {
        List<LibraryPattern> patterns = new ArrayList<>();
        for (String text : Parameters.list(texts)) {
            patterns.add(of(property, text));
        }
        return List.copyOf(patterns);
    }

    private static LibraryPattern of(String property, String text) throws DeliveryException {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 2) {
                return new LibraryPattern(TagPattern.parse(parts[0]), TagPattern.parse(parts[1]));
            }
        } catch (FormatException e) {
            throw wrong(property, text);
        }
        throw wrong(property, text);
    }

    private static DeliveryException wrong(String property, String text) {
        return Parameters.wrong(property, text, "groupId:artifactId, each with * where needed, such as com.example:*");
    }

    /** Tells whether the pattern names the library. */
    boolean matches(Artifact library) {
        return groupId.matches(library.getGroupId()) && artifactId.matches(library.getArtifactId());
    }
}
