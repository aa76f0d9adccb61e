package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What the header of an ELF file says of the machine that it is for (System V ABI, <i>ELF Header</i>).
 *
 * @param machine {@code e_machine}
 * @param bits width of its addresses, 32 or 64
 * @param order order of the bytes in a word
 */
record Elf(int machine, int bits, ByteOrder order) {
    private static final byte[] MAGIC = {0x7F, 'E', 'L', 'F'};
    private static final int BYTES = 20;
    private static final int CLASS_AT = 4;
    private static final int DATA_AT = 5;
    private static final int TYPE_AT = 16;
    private static final int MACHINE_AT = 18;

    /** {@code ET_EXEC}, and {@code ET_DYN}, which a program is that can lie anywhere in memory. */
    private static final int FIRST_PROGRAM = 2;

    private static final int LAST_PROGRAM = 3;

    /** Architectures by Go's names for them, which platforms have. */
    private static final Map<String, Elf> MACHINES = Map.ofEntries(
            Map.entry("386", new Elf(3, 32, ByteOrder.LITTLE_ENDIAN)),
            Map.entry("amd64", new Elf(62, 64, ByteOrder.LITTLE_ENDIAN)),
            Map.entry("arm", new Elf(40, 32, ByteOrder.LITTLE_ENDIAN)),
            Map.entry("arm64", new Elf(183, 64, ByteOrder.LITTLE_ENDIAN)),
            Map.entry("loong64", new Elf(258, 64, ByteOrder.LITTLE_ENDIAN)),
            Map.entry("mips64le", new Elf(8, 64, ByteOrder.LITTLE_ENDIAN)),
            Map.entry("ppc64le", new Elf(21, 64, ByteOrder.LITTLE_ENDIAN)),
            Map.entry("riscv64", new Elf(243, 64, ByteOrder.LITTLE_ENDIAN)),
            Map.entry("s390x", new Elf(22, 64, ByteOrder.BIG_ENDIAN)));

    /** Reads the header; empty where the file is no program in this format. */
    static Optional<Elf> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(BYTES));
        }
    }

    private static Optional<Elf> read(byte[] header) {
        boolean isElf = header.length == BYTES && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        if (!isElf || !isOneOrTwo(header[CLASS_AT]) || !isOneOrTwo(header[DATA_AT])) {
            return Optional.empty();
        }
        ByteOrder order = header[DATA_AT] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer words = ByteBuffer.wrap(header).order(order);
        short type = words.getShort(TYPE_AT);
        return type < FIRST_PROGRAM || type > LAST_PROGRAM
                ? Optional.empty()
                : Optional.of(new Elf(Short.toUnsignedInt(words.getShort(MACHINE_AT)), 32 * header[CLASS_AT], order));
    }

    private static boolean isOneOrTwo(byte value) {
        return value == 1 || value == 2;
    }

    /** Tells whether it runs on the platform. */
    boolean runsOn(Platform platform) {
        return platform.os().equals("linux") && equals(MACHINES.get(platform.architecture()));
    }

    /** Returns the platform in words. */
    @Override
    public String toString() {
        return MACHINES.entrySet().stream()
                .filter(known -> known.getValue().equals(this))
                .findFirst()
                .map(known -> "linux/" + known.getKey())
                .orElse("machine " + machine + " with " + bits + " bits");
    }
}
