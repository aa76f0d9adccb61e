package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a tar, found in place: nothing is unpacked, so no name can lead anywhere.
 *
 * <p>Regular files and directories are understood, long names and sizes in PAX form. A symbolic link may be there
 * (image tools write some for readers of old formats) but is never followed: who asks for it gets a refusal. All else,
 * and any name that would leave the archive, is refused.
 */
final class TarFiles implements ImageFiles {
    /** An image of 127 layers has a few hundred entries. */
    private static final int MAX_ENTRIES = 10_000;

    private final Content tar;
    private final Map<String, Content> files = new HashMap<>();
    private final Set<String> links = new HashSet<>();
    private long at;

    private TarFiles(Content tar) {
        this.tar = tar;
    }

    /** Reads all headers. */
    static TarFiles in(Content tar) throws IOException, FormatException {
        TarFiles found = new TarFiles(tar);
        Map<String, String> extended = Map.of();
        for (int count = 0; ; count++) {
            if (count > MAX_ENTRIES) {
                throw new FormatException("more than " + MAX_ENTRIES + " entries");
            }
            Optional<TarHeader> header = found.next();
            if (header.isEmpty()) {
                return found;
            }
            extended = found.enter(header.get(), extended);
        }
    }

    /** Returns all regular files by name. */
    Map<String, Content> all() {
        return Map.copyOf(files);
    }

    @Override
    public Optional<Content> file(String name) throws FormatException {
        if (links.contains(name)) {
            throw new FormatException("\"" + Texts.shown(name) + "\" is a link, which is not followed");
        }
        return Optional.ofNullable(files.get(name));
    }

    private Optional<TarHeader> next() throws IOException, FormatException {
        if (at == tar.size()) {
            return Optional.empty();
        }
        if (tar.size() - at < TarHeader.BYTES) {
            throw new FormatException("not a tar, or cut off: " + tar.size() + " bytes");
        }
        byte[] block = tar.read(at, TarHeader.BYTES);
        at += TarHeader.BYTES;
        return TarHeader.isEnd(block) ? Optional.empty() : Optional.of(TarHeader.read(block));
    }

    /** Takes note of an entry and returns the extended header that holds for the one behind it. */
    private Map<String, String> enter(TarHeader header, Map<String, String> extended)
            throws IOException, FormatException {
        String name = name(extended.getOrDefault("path", header.name()));
        long size = header.type() == '0' ? size(header, extended) : header.size();
        if (size > tar.size() - at) {
            throw new FormatException("\"" + Texts.shown(name) + "\" is cut off");
        }
        long start = at;
        at = Math.min(tar.size(), start + (size + TarHeader.BYTES - 1) / TarHeader.BYTES * TarHeader.BYTES);
        switch (header.type()) {
            case '0' -> enterFile(name, tar.slice(start, size));
            case '2' -> enterLink(name, extended.getOrDefault("linkpath", header.link()));
            case '5' -> {}
            case 'x' -> {
                return extended(start, size);
            }
            case 'L', 'K' ->
                throw new FormatException("a name is longer than 100 characters and in GNU's form, not POSIX's");
            default ->
                throw new FormatException("\"" + Texts.shown(name) + "\" is neither file nor directory (tar type "
                        + Texts.shown(String.valueOf(header.type())) + ")");
        }
        return Map.of();
    }

    private void enterFile(String name, Content content) throws FormatException {
        if (files.put(name, content) != null || links.contains(name)) {
            throw new FormatException("\"" + Texts.shown(name) + "\" is there twice");
        }
    }

    private void enterLink(String name, String target) throws FormatException {
        int depth = name.split("/").length - 1;
        for (String step : target.split("/", -1)) {
            depth += step.equals("..") ? -1 : step.equals(".") ? 0 : 1;
            if (target.startsWith("/") || depth < 0) {
                throw new FormatException("\"" + Texts.shown(name) + "\" is a link that leaves the archive");
            }
        }
        if (!links.add(name) || files.containsKey(name)) {
            throw new FormatException("\"" + Texts.shown(name) + "\" is there twice");
        }
    }

    private Map<String, String> extended(long start, long size) throws IOException, FormatException {
        if (size > PaxRecords.MAX_BYTES) {
            throw new FormatException("an extended header of " + size + " bytes");
        }
        Map<String, String> records = PaxRecords.read(tar.read(start, (int) size));
        if (records.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"))) {
            throw new FormatException("a sparse file");
        }
        return records;
    }

    private static long size(TarHeader header, Map<String, String> extended) throws FormatException {
        String size = extended.getOrDefault("size", Long.toString(header.size()));
        if (!size.matches("[0-9]{1,18}")) {
            throw new FormatException("a size in an extended header is not a number: \"" + Texts.shown(size) + "\"");
        }
        return Long.parseLong(size);
    }

    private static String name(String raw) throws FormatException {
        String name = raw.startsWith("./") ? raw.substring(2) : raw;
        boolean leaves = name.startsWith("/") || ("/" + name + "/").contains("/../");
        if (leaves || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw new FormatException("the name \"" + Texts.shown(raw) + "\" leaves the archive");
        }
        return name;
    }
}
