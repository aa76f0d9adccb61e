package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.PlacedFile.Generated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
    private static final OpenArchives NO_ARCHIVES = new OpenArchives();

    @TempDir
    private Path directory;

    @Test
    void keepsAnUnchangedFileAndItsTime() throws Exception {
        GeneratedFiles files = new GeneratedFiles(directory);
        Path first = files.write(new Generated("a"), NO_ARCHIVES);
        Files.setLastModifiedTime(first, FileTime.fromMillis(1000));

        assertThat(files.write(new Generated("a"), NO_ARCHIVES)).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first).toMillis()).isEqualTo(1000);
    }

    @Test
    void repairsAFileThatWasChanged() throws Exception {
        GeneratedFiles files = new GeneratedFiles(directory);
        Files.writeString(files.write(new Generated("a"), NO_ARCHIVES), "b");

        assertThat(files.write(new Generated("a"), NO_ARCHIVES)).hasContent("a");
    }
}
