package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The names of ways of compressing. Two that have the same name give the same bytes: a name holds a hash of what a sample comes
 * to, so it is another one where this code, its native libraries, or the machine compress otherwise. Safe for use by several threads.
 */
final class Encodings {
    private static final int DIGITS = 12;
    /** As long as that all means of a compressor are used; a part is dense. */
    private static final int NUMBERS = 12_000;

    private final Map<Compression, String> names = new ConcurrentHashMap<>();

    /** Returns the name, for example {@code gzip-0-3fa2c1d05b6e}: format, level and hash. */
    String name(Compression compression) throws IOException {
        String known = names.get(compression);
        if (known != null) {
            return known;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = compression.deflating(compressed)) {
            out.write(sample());
        }
        String hash = Digest.of(compressed.toByteArray()).encoded().substring(0, DIGITS);
        String format = compression.format().name().toLowerCase(Locale.ROOT);
        String name = format + "-" + compression.level() + "-" + hash;
        names.put(compression, name);
        return name;
    }

    private static byte[] sample() {
        byte[] sample = IntStream.range(0, NUMBERS)
                .mapToObj(i -> Integer.toString(i * 7919, Character.MAX_RADIX))
                .collect(Collectors.joining(" "))
                .getBytes(US_ASCII);
        byte[] dense = new byte[2 * MixedGzip.PIECE];
        new Random(1).nextBytes(dense);
        System.arraycopy(dense, 0, sample, MixedGzip.PIECE, dense.length);
        return sample;
    }
}
