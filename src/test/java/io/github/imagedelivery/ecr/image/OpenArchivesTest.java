package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.image.PlacedFile.Generated;
import io.github.imagedelivery.ecr.image.PlacedFile.InArchive;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenArchivesTest {
    @TempDir
    Path directory;

    private Path jar;

    @BeforeEach
    void writeJar() throws Exception {
        jar = directory.resolve("app.jar");
        Files.write(
                jar,
                TestJar.builtOn(1, 1)
                        .file("A.class", "a")
                        .file("B.class", "b")
                        .file("META-INF/MANIFEST.MF", "Main-Class: A\r\nImplementation-Version: 1.4.0\r\n")
                        .bytes());
    }

    private String read(OpenArchives archives, String name) throws Exception {
        try (InputStream in = archives.open(new InArchive(jar, name))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void readsAllFilesOfAnArchiveThatWasOpenedOnce() throws Exception {
        try (OpenArchives archives = new OpenArchives()) {
            assertThat(read(archives, "A.class")).isEqualTo("a");
            Files.delete(jar); // what is open can be read on, and what is not there cannot be opened again

            assertThat(read(archives, "B.class")).isEqualTo("b");
        }
    }

    @Test
    void leavesTheVersionOutOfAManifest() throws Exception {
        try (OpenArchives archives = new OpenArchives()) {
            assertThat(read(archives, "META-INF/MANIFEST.MF")).isEqualTo("Main-Class: A\r\n");
        }
    }

    @Test
    void saysWhichFileIsMissing() throws Exception {
        try (OpenArchives archives = new OpenArchives()) {
            assertThatThrownBy(() -> read(archives, "C.class"))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessage("C.class is no longer in " + jar);
        }
    }

    @Test
    void opensWhatLiesInNoArchive() throws Exception {
        try (OpenArchives archives = new OpenArchives();
                InputStream in = archives.open(new Generated("text"))) {
            assertThat(in).hasContent("text");
        }
    }
}
