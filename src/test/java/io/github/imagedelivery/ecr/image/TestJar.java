package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes jars file by file, at a time that the test chooses. */
public final class TestJar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);
    private final LocalDateTime time;

    private TestJar(LocalDateTime time) {
        this.time = time;
    }

    /** Returns a jar that was built on a day of the year 2026. */
    public static TestJar builtOn(int month, int day) {
        return new TestJar(LocalDateTime.of(2026, month, day, 12, 0));
    }

    /** Adds a file. */
    public TestJar file(String name, String content) {
        return file(name, content.getBytes(UTF_8));
    }

    TestJar file(String name, byte[] content) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(time);
        try {
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Returns the jar. */
    public byte[] bytes() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
