package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * What Maven writes about the version of a module into its archive. An image has none of it, so that a commit and its
 * release are one image.
 */
final class ModuleVersion {
    /** Where each module that an archive is made of has a directory of its own, by groupId and artifactId. */
    static final String DIRECTORY = "META-INF/maven/";

    /** Whole attributes of a manifest, with the lines that they are continued on. */
    private static final Pattern ATTRIBUTE = Pattern.compile("(?i)(?:^|(?<=[\r\n]))"
            + "(?:Implementation|Specification)-Version:[^\r\n]*(?:(?:\r\n|[\r\n]) [^\r\n]*)*(?:\r\n|[\r\n])?");

    private ModuleVersion() {}

    /** Tells whether a file of an archive that is unpacked, and so holds no other modules, is left out. */
    static boolean isLeftOut(String name) {
        return name.startsWith(DIRECTORY);
    }

    /** Returns a file of an archive, the manifest without the version. */
    static InputStream open(String name, InputStream in) throws IOException {
        if (!name.equals(JarFile.MANIFEST_NAME)) {
            return in;
        }
        try (in) {
            return new ByteArrayInputStream(without(in.readAllBytes()));
        }
    }

    /** Returns a manifest without the version. */
    static byte[] without(byte[] manifest) {
        // Every byte is a character: lines are cut at bytes, within a character, too.
        return ATTRIBUTE
                .matcher(new String(manifest, ISO_8859_1))
                .replaceAll("")
                .getBytes(ISO_8859_1);
    }
}
