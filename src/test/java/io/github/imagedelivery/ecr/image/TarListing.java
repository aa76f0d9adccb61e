package io.github.imagedelivery.ecr.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists what a tar's headers say, one line an entry: mode, owner, names of owner and group, time, path. */
final class TarListing {
    private TarListing() {}

    static List<String> of(byte[] tar) {
        return lines(tar, false);
    }

    /** Adds the targets of symbolic links. */
    static List<String> withLinks(byte[] tar) {
        return lines(tar, true);
    }

    private static List<String> lines(byte[] tar, boolean withLinks) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (at + 512 <= tar.length && tar[at] != 0) {
            long size = octal(tar, at + 124, 12);
            if (tar[at + 156] != 'x') {
                lines.add(String.format(
                        "0%o %d:%d %s:%s: %d %s",
                        octal(tar, at + 100, 8) & 07777,
                        octal(tar, at + 108, 8),
                        octal(tar, at + 116, 8),
                        text(tar, at + 265, 32),
                        text(tar, at + 297, 32),
                        octal(tar, at + 136, 12),
                        text(tar, at, 100)
                                + (withLinks && tar[at + 156] == '2' ? " -> " + text(tar, at + 157, 100) : "")));
            }
            at += (int) (512 + (size + 511) / 512 * 512);
        }
        return lines;
    }

    private static long octal(byte[] tar, int at, int length) {
        return Long.parseLong(text(tar, at, length).strip(), 8);
    }

    private static String text(byte[] tar, int at, int length) {
        String text = new String(tar, at, length, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
