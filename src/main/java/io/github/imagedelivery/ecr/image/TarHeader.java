package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The 512 bytes before each file of a tar (POSIX.1-1988, "ustar interchange format").
 *
 * @param name the path, with the prefix of ustar in front
 * @param size length of the content in bytes
 * @param type the type flag; {@code 0} for a regular file
 * @param link what a link points at; else empty
 */
record TarHeader(String name, long size, char type, String link) {
    static final int BYTES = 512;
    private static final int CHECKSUM = 148;

    /** Eleven octal digits. */
    static final long LARGEST = (1L << 33) - 1;

    /** Reads a header, which must not be a block of zeros. */
    static TarHeader read(byte[] block) throws FormatException {
        if (octal(block, CHECKSUM, 8) != checksum(block)) {
            throw new FormatException("not a tar: a header has the wrong checksum");
        }
        String name = text(block, 0, 100);
        boolean isUstar = Arrays.equals(block, 257, 263, "ustar\0".getBytes(StandardCharsets.US_ASCII), 0, 6);
        String prefix = isUstar ? text(block, 345, 155) : "";
        char type = block[156] == 0 ? '0' : (char) (block[156] & 0xff);
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name, octal(block, 124, 12), type, text(block, 157, 100));
    }

    /** Returns a header of a regular file as every reader of tar understands it; what is too large for one is refused. */
    static byte[] of(String name, long size) {
        if (size > LARGEST) {
            throw new IllegalArgumentException(name + " has " + size + " bytes, more than a tar's header can say");
        }
        byte[] block = new byte[BYTES];
        put(block, 0, name);
        put(block, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(block, 124, String.format(Locale.ROOT, "%011o\0%011o\0", size, 0));
        put(block, 156, "0");
        put(block, 257, "ustar\00000");
        put(block, CHECKSUM, String.format(Locale.ROOT, "%06o\0 ", checksum(block)));
        return block;
    }

    /** Tells whether a block is all zeros: two of them end a tar. */
    static boolean isEnd(byte[] block) {
        return Arrays.equals(block, new byte[BYTES]);
    }

    private static int checksum(byte[] block) {
        int sum = 0;
        for (int i = 0; i < BYTES; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    private static long octal(byte[] block, int offset, int length) throws FormatException {
        String digits = text(block, offset, length).strip();
        if (!digits.matches("[0-7]{1,12}")) {
            throw new FormatException("a number in a tar header is not octal: \"" + Texts.shown(digits) + "\"");
        }
        return Long.parseLong(digits, 8);
    }

    /** Returns a field of a header up to its first zero. */
    static String text(byte[] block, int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
