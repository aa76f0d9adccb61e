package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFilesTest {
    @TempDir
    private Path directory;

    @Test
    void isReadBackByTheLauncher() throws Exception {
        TestApplication application = TestApplication.in(directory.resolve("a 'b' \"c\" #d \\e"));
        Path file = new ArgumentFiles(directory).write(application.classes().toString());

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        "@" + file,
                        TestApplication.MAIN_CLASS)
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("hello\n");
    }

    @Test
    void leavesAPlainArgumentAsItIs() {
        assertThat(ArgumentFiles.quoted("/app/classes:/app/libs/a-1.0+b.jar"))
                .isEqualTo("/app/classes:/app/libs/a-1.0+b.jar");
    }

    @Test
    void keepsAnUnchangedFileAndItsTime() throws Exception {
        ArgumentFiles files = new ArgumentFiles(directory);
        Path first = files.write("a");
        Files.setLastModifiedTime(first, FileTime.fromMillis(1000));

        assertThat(files.write("a")).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first).toMillis()).isEqualTo(1000);
    }

    @Test
    void repairsAFileThatWasChanged() throws Exception {
        ArgumentFiles files = new ArgumentFiles(directory);
        Files.writeString(files.write("a"), "b");

        assertThat(files.write("a")).hasContent("a");
    }

    @Test
    void keepsTheOrderOfTheLibraries() throws Exception {
        TestApplication application = TestApplication.emptyIn(directory)
                .library("z.jar", Origin.RELEASE, "z")
                .library("a.jar", Origin.PROJECT, "a")
                .library("m.jar", Origin.SNAPSHOT, "m");
        JavaApplication java8 = new JavaApplication(application.classes(), application.libraries(), "a.B", 8);

        assertThat(ApplicationLayers.of(java8).entrypoint(List.of()))
                .contains("/app/resources:/app/classes:/app/libs/z.jar:/app/libs/a.jar:/app/libs/m.jar");
    }
}
