package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TarFilesTest {
    @Test
    void findsFilesInPlace() throws Exception {
        TarFiles files = read(new TestTar()
                .file("./a.txt", "first")
                .link('5', "dir/", "")
                .file("dir/b.bin", new byte[513])
                .file("empty", ""));

        assertThat(files.all().keySet()).containsExactlyInAnyOrder("a.txt", "dir/b.bin", "empty");
        assertThat(files.document("a.txt", 10)).asString().isEqualTo("first");
        assertThat(files.file("dir/b.bin")).get().extracting(Content::size).isEqualTo(513L);
        assertThat(files.file("other")).isEmpty();
    }

    @Test
    void readsLongNamesInBothPosixForms() throws Exception {
        byte[] header = TarHeader.of("name", 1);
        byte[] prefix = "some/long/prefix".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(prefix, 0, header, 345, prefix.length);
        String longName = "x/".repeat(100) + "name";

        TarFiles files = read(new TestTar()
                .raw(TestTar.signed(header))
                .padded(new byte[1])
                .pax("path=" + longName, "mtime=1.5")
                .file("cut", "2"));

        assertThat(files.all().keySet()).containsExactlyInAnyOrder("some/long/prefix/name", longName);
    }

    @Test
    void readsSizesThatOnlyTheExtendedHeaderHolds() throws Exception {
        TarFiles files = read(new TestTar()
                .pax("size=600")
                .sized("big", "00000000000", new byte[600])
                .file("next", "n"));

        assertThat(files.file("big")).get().extracting(Content::size).isEqualTo(600L);
        assertThat(files.document("next", 1)).asString().isEqualTo("n");
    }

    @Test
    void followsNoLink() throws Exception {
        TarFiles files = read(new TestTar().file("a/real", "r").link('2', "b/layer.tar", "../a/real"));

        assertThat(files.file("a/real")).isPresent();
        assertThatThrownBy(() -> files.file("b/layer.tar"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("is a link, which is not followed");
    }

    @Test
    void readsNoDocumentThatIsTooLong() throws Exception {
        TarFiles files = read(new TestTar().file("manifest.json", new byte[101]));

        assertThatThrownBy(() -> files.document("manifest.json", 100))
                .isInstanceOf(FormatException.class)
                .hasMessage("manifest.json has 101 bytes; at most 100 are read");
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments(
                        "link to an absolute path", new TestTar().link('2', "l", "/etc/passwd"), "leaves the archive"),
                arguments("link out", new TestTar().link('2', "a/l", "../../x"), "leaves the archive"),
                arguments(
                        "link out by a long name",
                        new TestTar().pax("linkpath=/etc").link('2', "l", "x"),
                        "leaves"),
                arguments("hard link", new TestTar().file("a", "a").link('1', "b", "a"), "neither file nor directory"),
                arguments("character device", new TestTar().link('3', "null", ""), "neither file nor directory"),
                arguments("block device", new TestTar().link('4', "sda", ""), "neither file nor directory"),
                arguments("pipe", new TestTar().link('6', "pipe", ""), "neither file nor directory"),
                arguments("global extended header", new TestTar().link('g', "pax", ""), "neither file nor directory"),
                arguments("parent", new TestTar().file("../x", "x"), "leaves the archive"),
                arguments("inner parent", new TestTar().file("a/../../x", "x"), "leaves the archive"),
                arguments(
                        "parent by a long name",
                        new TestTar().pax("path=a/../x").file("a", "x"),
                        "leaves the archive"),
                arguments("absolute", new TestTar().file("/etc/x", "x"), "leaves the archive"),
                arguments("backslash", new TestTar().file("..\\x", "x"), "leaves the archive"),
                arguments("twice", new TestTar().file("a", "1").file("a", "2"), "is there twice"),
                arguments("twice as a link", new TestTar().file("a", "1").link('2', "a", "b"), "is there twice"),
                arguments("twice by another name", new TestTar().file("a", "1").file("./a", "2"), "is there twice"),
                arguments("NUL in a long name", new TestTar().pax("path=a\0b").file("a", "x"), "leaves the archive"),
                arguments("contiguous file", new TestTar().link('7', "c", ""), "neither file nor directory"),
                arguments("entry of a vendor", new TestTar().link('V', "label", ""), "neither file nor directory"),
                arguments("long link in GNU's form", new TestTar().link('K', "././@LongLink", ""), "GNU's form"),
                arguments("entries without end", entries(10_001), "more than 10000 entries"),
                arguments("GNU long name", new TestTar().entry('L', "././@LongLink", "", new byte[200]), "GNU's form"),
                arguments("GNU sparse", new TestTar().pax("GNU.sparse.major=1").file("a", "a"), "a sparse file"),
                arguments("cut off", new TestTar().sized("a", "77777777777", new byte[10]), "cut off"),
                arguments("negative size", new TestTar().sized("a", "-0000000001", new byte[10]), "not octal"),
                arguments("binary size", new TestTar().sized("a", "\u0080\0\0\0\0\0\0\0\0\0\1", new byte[1]), "octal"),
                arguments(
                        "endless size",
                        new TestTar().pax("size=999999999999999999").file("a", "a"),
                        "cut off"),
                arguments("negative long size", new TestTar().pax("size=-1").file("a", "a"), "not a number"),
                arguments("long header", new TestTar().entry('x', "p", "", new byte[70_000]), "header of 70000 bytes"),
                arguments("broken header", new TestTar().entry('x', "p", "", new byte[] {'9', '9'}), "cannot be read"),
                arguments("header without key", new TestTar().entry('x', "p", "", bytes("6 abc\n")), "cannot be read"),
                arguments("no tar", new TestTar().raw(bytes("a".repeat(600))), "wrong checksum|not octal"),
                arguments("changed header", new TestTar().raw(changed(TarHeader.of("a", 0))), "wrong checksum"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refuses(String what, TestTar tar, String reason) {
        assertThatThrownBy(() -> read(tar))
                .as(what)
                .isInstanceOf(FormatException.class)
                .hasMessageMatching("(?s).*(" + reason + ").*");
    }

    @Test
    void refusesATarThatEndsWithinAHeader() {
        byte[] cut = Arrays.copyOf(new TestTar().file("a", "a").bytes(), 1100);
        cut[1024] = 1;

        assertThatThrownBy(() -> TarFiles.in(TestImages.content(cut))).isInstanceOf(FormatException.class);
    }

    private static TestTar entries(int count) {
        TestTar tar = new TestTar();
        for (int i = 0; i < count; i++) {
            tar.link('5', "d" + i, "");
        }
        return tar;
    }

    private static TarFiles read(TestTar tar) throws IOException, FormatException {
        return TarFiles.in(TestImages.content(tar.bytes()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] changed(byte[] header) {
        header[0]++;
        return header;
    }
}
