package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a tar says of a file. Numbers beside the size are kept as they are written: they are compared, not used.
 *
 * @param name its path, without a slash or {@code ./} in front
 * @param size length of the content in bytes
 * @param type the type flag of the header; {@code 0} for a regular file
 * @param mode the permissions, octal
 * @param owner {@code uid:gid}, octal
 * @param modified when it was changed: seconds since the epoch, octal in a header and decimal in an extended one
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
                text(block, 108, 8) + ":" + text(block, 116, 8),
                extended.getOrDefault("mtime", text(block, 136, 12)),
                extended.getOrDefault("linkpath", header.link()));
    }

    private static String text(byte[] block, int offset, int length) {
        return TarHeader.text(block, offset, length).strip();
    }

    /** Names what is not the same in a file that was built later under the same name; the content is not looked at. */
    List<String> changes(TarFile later) {
        List<String> changes = new ArrayList<>();
        addChange(changes, "kind", type, later.type);
        addChange(changes, "mode", mode, later.mode);
        addChange(changes, "owner", owner, later.owner);
        addChange(changes, "time", modified, later.modified);
        addChange(changes, "target of the link", link, later.link);
        addChange(changes, "size", size, later.size);
        return changes;
    }

    private static void addChange(List<String> changes, String what, Object old, Object built) {
        if (!old.equals(built)) {
            changes.add(what + " " + old + " -> " + built);
        }
    }
}
