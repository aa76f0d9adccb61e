package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassesDirectoryTest {
    @TempDir
    private Path directory;

    private Path classes;

    @BeforeEach
    void writeClasses() throws IOException {
        classes = Files.createDirectories(directory.resolve("classes"));
        Files.createDirectories(classes.resolve("b"));
        Files.writeString(classes.resolve("b/two"), "2");
        Files.writeString(classes.resolve("a"), "1");
        Files.writeString(directory.resolve("canary"), "secret");
    }

    @Test
    void listsFilesInOrder() throws Exception {
        Files.createDirectories(classes.resolve("empty"));

        assertThat(ClassesDirectory.files(classes)).containsExactly(classes.resolve("a"), classes.resolve("b/two"));
    }

    @Test
    void isEmptyWhenTheDirectoryIsNotThere() throws Exception {
        assertThat(ClassesDirectory.files(directory.resolve("gone"))).isEmpty();
    }

    @Test
    void followsLinksInside() throws Exception {
        Files.createSymbolicLink(classes.resolve("file"), Path.of("a"));
        Files.createSymbolicLink(classes.resolve("folder"), classes.resolve("b"));

        assertThat(ClassesDirectory.files(classes))
                .contains(classes.resolve("file"), classes.resolve("folder/two"))
                .hasSize(4);
    }

    @Test
    void takesARootThatIsALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), classes);

        assertThat(ClassesDirectory.files(link)).containsExactly(link.resolve("a"), link.resolve("b/two"));
    }

    @Test
    void refusesALinkToAFileOutside() throws Exception {
        Files.createSymbolicLink(classes.resolve("b/leak.properties"), directory.resolve("canary"));

        assertRefused("b/leak.properties is a link that leads out of the directory");
    }

    @Test
    void refusesALinkToADirectoryOutside() throws Exception {
        Files.createSymbolicLink(classes.resolve("leak"), directory);

        assertRefused("leak is a link that leads out of the directory");
    }

    @Test
    void refusesALinkThatLeavesThroughAnotherOne() throws Exception {
        Files.createSymbolicLink(directory.resolve("outside"), directory.resolve("canary"));
        Files.createSymbolicLink(classes.resolve("leak"), Path.of("../outside"));

        assertRefused("leak is a link that leads out of the directory");
    }

    @Test
    void refusesALinkToNowhere() throws Exception {
        Files.createSymbolicLink(classes.resolve("dangling"), Path.of("gone"));

        assertRefused("dangling is a link that leads nowhere");
    }

    @Test
    void refusesALinkThatGoesRound() throws Exception {
        Files.createSymbolicLink(classes.resolve("b/round"), classes.resolve("b"));

        assertRefused("b/round is a link that leads round in a circle");
    }

    @Test
    void refusesAPipe() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", classes.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertRefused("pipe is neither file nor directory");
    }

    private void assertRefused(String reason) {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> ClassesDirectory.files(classes))
                .withMessageEndingWith(reason)
                .matches(e -> e.problem().equals("The classes directory cannot be packed"));
    }
}
