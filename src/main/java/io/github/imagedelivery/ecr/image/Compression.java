package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * How the layers of an application are compressed; those of a base stay as they are.
 *
 * @param format what reads them
 * @param level how much time zstd takes to make them smaller, {@link #LOWEST} to {@link #HIGHEST}; 0 for gzip
 */
public record Compression(Format format, int level) {
    /** What is compressed already is stored, all else compressed at the level of the JDK. */
    public static final Compression GZIP = new Compression(Format.GZIP, 0);

    public static final int LOWEST = 1;
    public static final int HIGHEST = 22;
    public static final int DEFAULT = 3;

    /** A format of compressed layers. */
    public enum Format {
        /** RFC 1952, which everything reads that runs images. */
        GZIP(MediaTypes.OCI_LAYER_GZIP),
        /** RFC 8878. */
        ZSTD(MediaTypes.OCI_LAYER_ZSTD);

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }

        /** Tells why this machine cannot write it; empty where it can. */
        public Optional<String> problem() {
            return this == ZSTD ? Zstd.problem() : Optional.empty();
        }
    }

    /** Checks the level. */
    public Compression {
        if (format == Format.ZSTD && (level < LOWEST || level > HIGHEST)) {
            throw new IllegalArgumentException("level " + level);
        }
    }

    /** Returns a stream that compresses into the other, which is closed with it. */
    OutputStream deflating(OutputStream out) throws IOException {
        return switch (format) {
            case GZIP -> new MixedGzip(out);
            case ZSTD -> Zstd.deflating(out, level);
        };
    }

    /** Returns zstd at the level. */
    public static Compression zstd(int level) {
        return new Compression(Format.ZSTD, level);
    }
}
