package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.LocalEcr;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A look for secrets that finds none must be able to find one. */
class CanaryTest {
    @TempDir
    Path directory;

    private LocalEcr ecr() throws IOException {
        return LocalEcr.builder().secretMark(Canary.MARK).start();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(directory.resolve(name), content);
    }

    private void assertFound(String where) {
        assertThatThrownBy(() -> Canary.of(List.of()).isNowhereBelow(directory))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(where);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 600, 1000})
    void findsAPieceOfALoginAsItIsAndAsBase64(int from) throws Exception {
        try (LocalEcr ecr = ecr()) {
            String piece = ecr.password().substring(from, from + 24);
            for (int shift = 0; shift < 3; shift++) {
                String text = "x".repeat(shift) + piece;
                write("build.log", ("login " + text).getBytes(UTF_8));
                assertFound("build.log");
                write("build.log", Base64.getEncoder().encode(text.getBytes(UTF_8)));
                assertFound("build.log");
                write("build.log", Base64.getUrlEncoder().encode(text.getBytes(UTF_8)));
                assertFound("build.log");
            }
        }
    }

    @Test
    void findsAnAccessKeyId() throws Exception {
        write("push.json", ("ASIA" + Canary.MARK.toUpperCase(Locale.ROOT) + "Q7").getBytes(UTF_8));

        assertFound("push.json");
    }

    @Test
    void findsWhatIsCompressed() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(Canary.MARK.getBytes(UTF_8));
        }
        write("layer", bytes.toByteArray());

        assertFound("layer inflated");
    }

    @Test
    void findsWhatIsInAJar() throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(directory.resolve("app.jar")))) {
            zip.putNextEntry(new ZipEntry("a.properties"));
            zip.write(Canary.MARK.getBytes(UTF_8));
        }

        assertFound("app.jar!a.properties");
    }

    @Test
    void findsASecretOfAnImage() throws Exception {
        try (LocalEcr ecr = ecr()) {
            TinyBase.seed(ecr, "base/jre", "17");
            assertThatCode(() -> Canary.of(List.of()).isInNoImageOf(ecr)).doesNotThrowAnyException();

            assertThatThrownBy(() -> Canary.of(List.of("amd64")).isInNoImageOf(ecr))
                    .hasMessageContaining("base/jre");
        }
    }

    @Test
    void overlooksTheLineThatHasAValueHidden() throws Exception {
        write("build.log", ("[INFO] x\n::add-mask::" + Canary.MARK + "\n").getBytes(UTF_8));
        assertThatCode(() -> Canary.of(List.of()).isNowhereBelow(directory)).doesNotThrowAnyException();

        write("build.log", ("[INFO] ::add-mask::" + Canary.MARK + "\n").getBytes(UTF_8));
        assertFound("build.log");
    }
}
