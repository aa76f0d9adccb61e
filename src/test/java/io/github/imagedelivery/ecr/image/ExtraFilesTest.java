package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraFilesTest {
    @TempDir
    private Path directory;

    private Path extra;
    private final List<Glob> includes = new ArrayList<>();
    private final List<Glob> excludes = new ArrayList<>();
    private final List<PathRule<Integer>> modes = new ArrayList<>();
    private final List<PathRule<Owner>> owners = new ArrayList<>();

    @BeforeEach
    void writeFiles() throws IOException {
        extra = directory.resolve("extra");
        Files.createDirectories(extra.resolve("bin"));
        Files.createDirectories(extra.resolve("data"));
        Files.writeString(extra.resolve("bin/run.sh"), "#!/bin/sh\n");
        Files.writeString(extra.resolve("bin/readme.txt"), "read\n");
        Files.writeString(directory.resolve("canary"), "secret");
    }

    @Test
    void liesOnTopOfTheApplication() throws Exception {
        try (BuiltImage image = build("/opt", Instant.ofEpochSecond(1))) {
            assertThat(TestImages.layerNames(image)).endsWith("jvm-argument-files", ExtraFiles.LAYER);
            assertThat(TestImages.files(image)).containsEntry("opt/bin/run.sh", "#!/bin/sh\n");
        }
    }

    @Test
    void takesEmptyDirectoriesAlongAndNoModeOfTheMachine() throws Exception {
        assertThat(listing("/opt"))
                .containsExactly(
                        "0755 0:0 :: 1 opt/",
                        "0755 0:0 :: 1 opt/bin/",
                        "0644 0:0 :: 1 opt/bin/readme.txt",
                        "0644 0:0 :: 1 opt/bin/run.sh",
                        "0755 0:0 :: 1 opt/data/");
    }

    @Test
    void givesModesAndOwnersByThePathInTheImage() throws Exception {
        modes.add(new PathRule<>(Glob.parse("/opt/bin/*"), 0755));
        modes.add(new PathRule<>(Glob.parse("/opt/bin/readme.txt"), 0600));
        owners.add(new PathRule<>(Glob.parse("/opt/data"), new Owner(1000, 2000)));

        assertThat(listing("/opt"))
                .contains(
                        "0755 0:0 :: 1 opt/bin/run.sh",
                        "0600 0:0 :: 1 opt/bin/readme.txt",
                        "0755 1000:2000 :: 1 opt/data/");
    }

    @Test
    void takesWhatIsIncludedAndNotExcluded() throws Exception {
        includes.add(Glob.parse("bin/**"));
        excludes.add(Glob.parse("**/*.txt"));

        assertThat(listing("/")).containsExactly("0755 0:0 :: 1 bin/", "0644 0:0 :: 1 bin/run.sh");
    }

    @Test
    void givesAllFilesOfTheImageTheirTime() throws Exception {
        try (BuiltImage image = build("/opt", Instant.ofEpochSecond(1_000_000_000))) {
            List<String> entries = new ArrayList<>();
            for (BuiltImage.Layer layer : image.layers()) {
                entries.addAll(TarListing.of(TestImages.plainTar(layer.blob())));
            }
            assertThat(entries)
                    .contains("0644 0:0 :: 1000000000 opt/bin/run.sh", "0644 0:0 :: 1000000000 app/class-path");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bin/run, run.sh",
        "bin/run, ../bin/./run.sh",
        "bin/run, /opt/bin/run.sh",
        "scripts, bin",
        "bin/up, ../../opt/data",
        "scripts, ..//opt",
    })
    void keepsALinkToWhatIsCopiedWithIt(String link, String target) throws Exception {
        Files.createSymbolicLink(extra.resolve(link), Path.of(target));

        try (BuiltImage image = build("/opt", Instant.ofEpochSecond(1))) {
            assertThat(lastLayer(image)).contains("0777 0:0 :: 1 opt/" + link + " -> " + Path.of(target));
        }
    }

    @Test
    void keepsALinkThroughALink() throws Exception {
        Files.createSymbolicLink(extra.resolve("scripts"), Path.of("bin"));
        Files.createSymbolicLink(extra.resolve("run"), Path.of("scripts/run.sh"));

        try (BuiltImage image = build("/", Instant.ofEpochSecond(1))) {
            assertThat(lastLayer(image))
                    .contains("0777 0:0 :: 1 scripts -> bin", "0777 0:0 :: 1 run -> scripts/run.sh");
        }
    }

    @Test
    void writesLinksWithTheDiffIdOfTheirTarTheSameEachTime() throws Exception {
        Files.createSymbolicLink(extra.resolve("long"), Path.of("./".repeat(60) + "bin/run.sh"));
        try (BuiltImage image = build("/opt", Instant.ofEpochSecond(1));
                BuiltImage again = build("/opt", Instant.ofEpochSecond(1))) {
            int last = image.layers().size() - 1;
            Json diffId = TestImages.config(image)
                    .get("rootfs")
                    .get("diff_ids")
                    .items()
                    .get(last);
            byte[] tar = TestImages.plainTar(image.layers().get(last).blob());
            assertThat(diffId.text()).contains(Digest.of(tar).toString());
            assertThat(again.manifest().digest()).isEqualTo(image.manifest().digest());
        }
    }

    @Test
    void leavesOtherFilesOfALayerWithLinksAsJibWritesThem() throws Exception {
        Files.writeString(extra.resolve("n".repeat(120) + "\u00e9"), "long name");
        Files.createSymbolicLink(extra.resolve("zz"), Path.of("bin"));
        List<String> with;
        try (BuiltImage image = build("/opt", Instant.ofEpochSecond(1))) {
            with = lastLayer(image);
        }
        Files.delete(extra.resolve("zz"));
        try (BuiltImage image = build("/opt", Instant.ofEpochSecond(1))) {
            List<String> without = lastLayer(image);
            without.add("0777 0:0 :: 1 opt/zz -> bin");
            assertThat(with).isEqualTo(without);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../canary", "../../etc/passwd", "/etc/passwd", "gone", "bin/run.sh/../../../x", "/optical"})
    void refusesALinkThatLeavesWhatIsCopied(String target) throws Exception {
        Files.createSymbolicLink(extra.resolve("link"), Path.of(target));

        assertThatThrownBy(() -> build("/opt", Instant.ofEpochSecond(1)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("/opt/link is a link to \"" + target + "\", which leads out of what is copied");
    }

    @Test
    void refusesALinkThatLeavesThroughAnotherOne() throws Exception {
        Files.createSymbolicLink(extra.resolve("bin/back"), Path.of(".."));
        Files.createSymbolicLink(extra.resolve("link"), Path.of("bin/back/../etc/passwd"));

        assertThatThrownBy(() -> build("/opt", Instant.ofEpochSecond(1))).hasMessageContaining("/opt/link is a link");
    }

    @Test
    void refusesLinksThatLeadRoundInACircle() throws Exception {
        Files.createSymbolicLink(extra.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(extra.resolve("b"), Path.of("a"));

        assertThatThrownBy(() -> build("/opt", Instant.ofEpochSecond(1)))
                .hasMessage("/opt/a is a link that leads round in a circle;"
                        + " /opt/b is a link that leads round in a circle");
    }

    @Test
    void refusesAPipe() throws Exception {
        Process made = new ProcessBuilder("mkfifo", extra.resolve("pipe").toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> build("/opt", Instant.ofEpochSecond(1)))
                .hasMessage("/opt/pipe is a device, a pipe or a socket");
    }

    @Test
    void refusesAFileThatRunsAsItsOwner() throws Exception {
        Files.setAttribute(extra.resolve("bin/run.sh"), "unix:mode", 04755);

        assertThatThrownBy(() -> build("/opt", Instant.ofEpochSecond(1)))
                .hasMessage("/opt/bin/run.sh has the set-user-ID or set-group-ID bit");
    }

    @Test
    void refusesADirectoryThatIsNotThere() {
        extra = directory.resolve("none");

        assertThatThrownBy(() -> build("/opt", Instant.ofEpochSecond(1)))
                .hasMessage(extra + " is not there, or no directory");
    }

    @Test
    void refusesTwoFilesOfOnePath() {
        FilesLayer layer = new FilesLayer("mixed", List.of(PlacedFile.of("1", "/x"), PlacedFile.of("2", "/x")));
        Application application = () -> new Application.Contents(List.of(layer), Launch.java(List.of()));

        assertThatThrownBy(() -> build(application)).hasMessage("/x is there twice in the layer mixed");
    }

    @Test
    void needsTheJavaThatTheApplicationNeeds() {
        assertThat(application("/opt", Instant.EPOCH).requiredJava()).hasValue(17);
    }

    @Test
    void isLookedThroughForSecrets() throws Exception {
        Files.writeString(extra.resolve("bin/.env"), "x");

        assertThat(SecretFinding.in(application("/opt", Instant.EPOCH), ContainerSettings.DEFAULT))
                .extracting(SecretFinding::name)
                .containsExactly("/opt/bin/.env");
    }

    private List<String> listing(String into) throws Exception {
        try (BuiltImage image = build(into, Instant.ofEpochSecond(1))) {
            return lastLayer(image);
        }
    }

    private static List<String> lastLayer(BuiltImage image) throws Exception {
        BuiltImage.Layer last = image.layers().get(image.layers().size() - 1);
        return TarListing.withLinks(TestImages.plainTar(last.blob()));
    }

    private ExtraFiles application(String into, Instant modified) {
        return new ExtraFiles(
                TestApplication.in(directory.resolve("app")).application(),
                List.of(new ExtraDirectory(extra, into, includes, excludes)),
                modes,
                owners,
                modified);
    }

    private BuiltImage build(String into, Instant modified) throws ImageException {
        return build(application(into, modified));
    }

    private BuiltImage build(Application application) throws ImageException {
        ImagePlan plan = new ImagePlan(application, ContainerSettings.DEFAULT, Map.of(), Instant.EPOCH);
        return TestImages.builder(directory.resolve("cache")).build(plan, BaseImage.scratch(Platform.LINUX_AMD64));
    }
}
