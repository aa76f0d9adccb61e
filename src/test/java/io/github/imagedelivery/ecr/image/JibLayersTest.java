package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tar of a layer says of its files. */
class JibLayersTest {
    @TempDir
    private Path directory;

    private Path script;

    @BeforeEach
    void writeFile() throws Exception {
        script = Files.writeString(directory.resolve("run.sh"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void givesFilesTheirModeOwnerAndTime() throws Exception {
        FileAttributes attributes = FileAttributes.FILE
                .withMode(0750)
                .withOwner(new Owner(1000, 2000))
                .withModified(Instant.parse("2026-01-02T03:04:05.6Z"));

        assertThat(listing(PlacedFile.of(script, "/bin/run.sh").with(attributes)))
                .containsExactly("0755 0:0 :: 1 bin/", "0750 1000:2000 :: 1767323045 bin/run.sh");
    }

    @Test
    void takesNothingFromTheMachine() throws Exception {
        assertThat(listing(PlacedFile.of(script, "/bin/run.sh"), PlacedFile.of("text", "/etc/x")))
                .containsExactly(
                        "0755 0:0 :: 1 bin/", "0644 0:0 :: 1 bin/run.sh", "0755 0:0 :: 1 etc/", "0644 0:0 :: 1 etc/x");
    }

    @Test
    void givesTextsTheirMode() throws Exception {
        assertThat(listing(PlacedFile.of("#!/bin/sh\n", "/run").withMode(0500))).containsExactly("0500 0:0 :: 1 run");
    }

    @Test
    void placesDirectoriesWithoutWhatIsInThem() throws Exception {
        PlacedFile data = PlacedFile.directory(directory, "/srv/data");

        assertThat(listing(data.with(FileAttributes.DIRECTORY.withMode(0700).withOwner(new Owner(65532, 65532)))))
                .containsExactly("0755 0:0 :: 1 srv/", "0700 65532:65532 :: 1 srv/data/");
    }

    @Test
    void knowsNoModeThatRunsAsItsOwner() {
        assertThatThrownBy(() -> FileAttributes.FILE.withMode(04755)).hasMessageContaining("4755");
        assertThatThrownBy(() -> FileAttributes.FILE.withMode(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsOwnersByNumberOnly() throws Exception {
        assertThat(Owner.parse("65532:0")).isEqualTo(new Owner(65532, 0)).hasToString("65532:0");
        for (String wrong : List.of("", "1000", "app:app", "1000:", ":1", "1:2:3", "-1:0", "1: 2", "9999999999:1")) {
            assertThatThrownBy(() -> Owner.parse(wrong))
                    .isInstanceOf(FormatException.class)
                    .hasMessage(
                            "the owner \"" + wrong + "\" is not of the form 1000:1000, the numbers of user and group");
        }
    }

    private List<String> listing(PlacedFile... files) throws Exception {
        Application application = () ->
                new Application.Contents(List.of(new FilesLayer("files", List.of(files))), Launch.java(List.of()));
        ImagePlan plan = new ImagePlan(application, ContainerSettings.DEFAULT, Map.of(), Instant.EPOCH);
        try (BuiltImage image =
                TestImages.builder(directory.resolve("cache")).build(plan, BaseImage.scratch(Platform.LINUX_AMD64))) {
            return TarListing.of(TestImages.plainTar(image.layers().get(0).blob()));
        }
    }
}
