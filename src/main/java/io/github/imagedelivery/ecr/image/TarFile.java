package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a tar says of a file. Numbers beside the size are kept as text: they are compared and shown, not used.
 *
 * @param name its path, without a slash or {@code ./} in front
 * @param size length of the content in bytes
 * @param type the type flag of the header; {@code 0} for a regular file
 * @param mode the permissions, octal as they are written
 * @param owner {@code uid:gid}
 * @param modified when it was changed: seconds since the epoch, perhaps with a fraction
 * @param link what a link points at; else empty
 */
record TarFile(String name, long size, char type, String mode, String owner, String modified, String link) {
    /**
     * Reads a header.
     *
     * @param extended what the extended header in front of it says; it wins
     */
    static TarFile read(byte[] block, Map<String, String> extended) throws FormatException {
        TarHeader header = TarHeader.read(block);
        String size = extended.getOrDefault("size", Long.toString(header.size()));
        if (!size.matches("[0-9]{1,18}")) {
            throw new FormatException("a size in an extended header is not a number: \"" + Texts.shown(size) + "\"");
        }
        return new TarFile(
                extended.getOrDefault("path", header.name()).replaceFirst("^\\.?/+", ""),
                Long.parseLong(size),
                header.type(),
                text(block, 100, 8),
                extended.getOrDefault("uid", decimal(block, 108, 8)) + ":"
                        + extended.getOrDefault("gid", decimal(block, 116, 8)),
                extended.getOrDefault("mtime", decimal(block, 136, 12)),
                extended.getOrDefault("linkpath", header.link()));
    }

    private static String text(byte[] block, int offset, int length) {
        return TarHeader.text(block, offset, length).strip();
    }

    /** Returns an octal number as an extended header has it; what is none stays as it is. */
    private static String decimal(byte[] block, int offset, int length) {
        String octal = text(block, offset, length);
        return octal.matches("[0-7]{1,12}") ? Long.toString(Long.parseLong(octal, 8)) : octal;
    }

    /** Names what is not the same in a file that was built later under the same name, beside content and size. */
    List<String> changes(TarFile later) {
        List<String> changes = new ArrayList<>();
        addChange(changes, "kind", type, later.type);
        addChange(changes, "mode", shortened(mode), shortened(later.mode));
        addChange(changes, "owner", owner, later.owner);
        addChange(changes, "time", time(modified), time(later.modified));
        addChange(changes, "target of the link", link, later.link);
        return changes;
    }

    private static String shortened(String octal) {
        return octal.replaceFirst("^0+(?=[0-7]{3})", "0");
    }

    private static String time(String seconds) {
        return seconds.matches("[0-9]{1,11}")
                ? Instant.ofEpochSecond(Long.parseLong(seconds)).toString()
                : seconds;
    }

    private static void addChange(List<String> changes, String what, Object old, Object built) {
        if (!old.equals(built)) {
            changes.add(what + " " + old + " -> " + built);
        }
    }
}
