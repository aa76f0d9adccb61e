package io.github.imagedelivery.ecr.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Writes tars entry by entry, also ones that no tool would write. */
public final class TestTar {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TestTar file(String name, byte[] content) {
        return entry('0', name, "", content);
    }

    /** Adds a file. */
    public TestTar file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    TestTar link(char type, String name, String target) {
        return entry(type, name, target, new byte[0]);
    }

    TestTar entry(char type, String name, String target, byte[] content) {
        byte[] header = TarHeader.of(name, content.length);
        header[156] = (byte) type;
        byte[] link = target.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(link, 0, header, 157, link.length);
        return raw(signed(header)).padded(content);
    }

    TestTar pax(String... records) {
        StringBuilder text = new StringBuilder();
        for (String record : records) {
            int length = record.length() + 3;
            length = record.length() + 2 + Integer.toString(length).length();
            text.append(length).append(' ').append(record).append('\n');
        }
        return entry('x', "PaxHeaders/next", "", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a header that announces a size other than its content's. */
    TestTar sized(String name, String octalSize, byte[] content) {
        byte[] header = TarHeader.of(name, 0);
        byte[] digits = octalSize.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(digits, 0, header, 124, digits.length);
        return raw(signed(header)).padded(content);
    }

    /** Adds an empty file with such attributes, octal. */
    public TestTar attributed(String name, String mode, String uid, String time) {
        byte[] header = TarHeader.of(name, 0);
        write(header, 100, mode);
        write(header, 108, uid);
        write(header, 136, time);
        return raw(signed(header));
    }

    private static void write(byte[] header, int offset, String text) {
        byte[] digits = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(digits, 0, header, offset, digits.length);
    }

    TestTar padded(byte[] content) {
        raw(content);
        return raw(new byte[Math.floorMod(-content.length, 512)]);
    }

    TestTar raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Returns the whole tar. */
    public byte[] bytes() {
        byte[] content = out.toByteArray();
        return Arrays.copyOf(content, content.length + 1024);
    }

    Path write(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] signed(byte[] header) {
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        byte[] digits = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(digits, 0, header, 148, 8);
        return header;
    }
}
