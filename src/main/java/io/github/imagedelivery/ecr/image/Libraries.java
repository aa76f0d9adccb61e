package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The jars of an application under the names that they have in the image, in class path order.
 *
 * <p>Jars of the same name (two groups, one artifactId) get the start of their content's digest into the name, all
 * of them: so the names depend neither on the order nor on where the jars lie on the machine that builds.
 */
final class Libraries {
    private static final int DIGEST_DIGITS = 12;

    private final Map<String, Library> byName;

    private Libraries(Map<String, Library> byName) {
        this.byName = byName;
    }

    /** Names the libraries. */
    static Libraries of(List<Library> libraries) throws ImageException, IOException {
        Map<String, Long> uses =
                libraries.stream().collect(Collectors.groupingBy(Library::name, Collectors.counting()));
        Map<String, Library> byName = new LinkedHashMap<>();
        for (Library library : libraries) {
            check(library);
            String name = library.name();
            boolean isUnique = uses.getOrDefault(name, 1L) == 1;
            byName.putIfAbsent(isUnique ? name : distinct(name, library.jar()), library);
        }
        return new Libraries(byName);
    }

    /** Returns the names in class path order; a jar that was named twice is there once. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Returns the jars of the origin by name. */
    Map<String, Path> from(Origin origin) {
        Map<String, Path> found = new LinkedHashMap<>();
        byName.forEach((name, library) -> {
            if (library.origin() == origin) {
                found.put(name, library.jar());
            }
        });
        return found;
    }

    private static String distinct(String name, Path jar) throws IOException {
        String digest =
                VerifiedBlob.hash("", FileContent.of(jar)).descriptor().digest().encoded();
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return name.substring(0, end) + "-" + digest.substring(0, DIGEST_DIGITS) + name.substring(end);
    }

    private static void check(Library library) throws ImageException {
        Path jar = library.jar();
        String name = library.name();
        boolean isNamedBadly = name.indexOf(':') >= 0 || name.chars().anyMatch(Character::isISOControl);
        if (!Files.isRegularFile(jar) || isNamedBadly) {
            String reason = Files.isDirectory(jar) ? " is a directory, not a jar" : " is not there or not a file";
            throw new ImageException(
                    "A library of the class path cannot be packed",
                    Texts.shown(jar.toString()) + (isNamedBadly ? " has a name that no class path can hold" : reason),
                    "run the phase \"package\" in the same build, so that every module has its jar");
        }
    }
}
