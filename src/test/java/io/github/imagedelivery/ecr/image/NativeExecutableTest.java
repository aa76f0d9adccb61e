package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeExecutableTest {
    /** Header of a program for x86-64 as {@code readelf -h} shows it: 64 bits, little endian, DYN, machine 62. */
    private static final String FOR_AMD64 = "7f454c46 0201 0100 0000000000000000 0300 3e00";

    @TempDir
    Path directory;

    private NativeExecutable executable(String header, String platform) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(header.replace(" ", ""));
        return new NativeExecutable(
                Files.write(directory.resolve("orders"), bytes), Placement.DEFAULT, Platform.parse(platform));
    }

    @Test
    void isStartedDirectly() throws Exception {
        Application.Contents contents = executable(FOR_AMD64, "linux/amd64").contents();

        assertThat(contents.layers().get(0).files())
                .singleElement()
                .satisfies(file -> assertThat(file.attributes().mode()).isEqualTo(0755));
        assertThat(contents.launch().command(List.of())).hasValue(List.of("/app/application"));
    }

    /** Machines, widths and orders as the ABI of each processor numbers them. */
    @ParameterizedTest
    @CsvSource({
        "7f454c46 0201 0100 0000000000000000 0200 3e00, linux/amd64",
        "7f454c46 0201 0103 0000000000000000 0300 3e00, linux/amd64/v3",
        "7f454c46 0201 0100 0000000000000000 0300 b700, linux/arm64",
        "7f454c46 0201 0100 0000000000000000 0300 b700, linux/arm64/v8",
        "7f454c46 0101 0100 0000000000000000 0300 2800, linux/arm/v7",
        "7f454c46 0101 0100 0000000000000000 0300 0300, linux/386",
        "7f454c46 0201 0100 0000000000000000 0300 1500, linux/ppc64le",
        "7f454c46 0201 0100 0000000000000000 0300 f300, linux/riscv64",
        "7f454c46 0201 0100 0000000000000000 0300 0201, linux/loong64",
        "7f454c46 0201 0100 0000000000000000 0300 0800, linux/mips64le",
        "7f454c46 0202 0100 0000000000000000 0003 0016, linux/s390x",
    })
    void runsOnThePlatformThatItsHeaderNames(String header, String platform) throws Exception {
        assertThat(executable(header, platform).contents().layers()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        // another processor
        "7f454c46 0201 0100 0000000000000000 0300 3e00, linux/arm64, linux/amd64",
        "7f454c46 0201 0100 0000000000000000 0300 b700, linux/amd64, linux/arm64",
        "7f454c46 0101 0100 0000000000000000 0300 0300, linux/amd64, linux/386",
        // another system
        "7f454c46 0201 0100 0000000000000000 0300 3e00, windows/amd64, linux/amd64",
        // a processor that the table lacks
        "7f454c46 0201 0100 0000000000000000 0300 3e00, linux/sparc64, linux/amd64",
        "7f454c46 0201 0100 0000000000000000 0300 2b00, linux/amd64, machine 43 with 64 bits",
        // x86-64 with addresses of 32 bits, PowerPC with its high byte first
        "7f454c46 0101 0100 0000000000000000 0300 3e00, linux/amd64, machine 62 with 32 bits",
        "7f454c46 0202 0100 0000000000000000 0003 0015, linux/ppc64le, machine 21 with 64 bits",
    })
    void isRefusedOnAnotherPlatform(String header, String platform, String found) throws Exception {
        NativeExecutable executable = executable(header, platform);

        assertThatThrownBy(executable::contents).isInstanceOfSatisfying(ImageException.class, refusal -> {
            assertThat(refusal.problem()).endsWith("orders cannot be started on " + platform);
            assertThat(refusal).hasMessage("it is an executable for " + found);
            assertThat(refusal.remedy())
                    .isEqualTo("build it for " + platform + ", or set ecr.platform to what it is for");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7f454c46",
                "7f454c46 0201 0100 0000000000000000 0300 3e", // cut off
                "7f454c46 0301 0100 0000000000000000 0300 3e00", // no class
                "7f454c46 0200 0100 0000000000000000 0300 3e00", // no order
                "7f454c46 0201 0100 0000000000000000 0100 3e00", // an object file
                "7f454c46 0201 0100 0000000000000000 0400 3e00", // a memory dump
                "4d5a9000 0300 0000 0400 0000 ffff 0000 b800 0000", // Windows
                "cffaedfe 0700 0001 0300 0000 0200 0000 1000 0000", // macOS
                "23212f62 696e 2f73 680a 6563 686f 2031 0a0a 0a0a", // a script
            })
    void isRefusedWhereItIsNoProgramOfLinux(String header) throws Exception {
        NativeExecutable executable = executable(header, "linux/amd64");

        assertThatThrownBy(executable::contents).hasMessage("it is no executable of Linux (ELF)");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsAProgramOfThisMachine() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertThat(Elf.read(java)).map(Elf::toString).get().asString().startsWith("linux/");
    }
}
