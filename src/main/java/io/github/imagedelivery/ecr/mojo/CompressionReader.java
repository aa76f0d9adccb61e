package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.image.Compression.Format;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.Optional;

/** Reads how the layers are to be compressed. */
final class CompressionReader {
    private final ImageParameters raw;

    CompressionReader(ImageParameters raw) {
        this.raw = raw;
    }

    Compression compression() throws DeliveryException {
        return format() == Format.GZIP ? Compression.GZIP : Compression.zstd(level());
    }

    /** Returns the format; one that this machine or the image cannot have is refused. */
    Format format() throws DeliveryException {
        Format format = Choice.of("ecr.compression", raw.compression, Format.GZIP);
        if (format == Format.ZSTD && JibRefusals.asksForDockersFormat(raw)) {
            throw DeliveryException.ofUser(
                    "Layers of zstd cannot be in an image of Docker's format",
                    "ecr.compression is zstd, and <container><format> is Docker",
                    "leave <format> out, since all images are in OCI's format, or set ecr.compression to gzip");
        }
        Optional<String> problem = format.problem();
        if (problem.isPresent()) {
            throw DeliveryException.ofUser(
                    "zstd cannot be used on this machine",
                    Texts.shown(problem.get()),
                    "let java.io.tmpdir name a directory that native code may be loaded from, or set ecr.compression to gzip");
        }
        return format;
    }

    /** Returns the level for zstd. */
    int level() throws DeliveryException {
        Optional<String> given = Parameters.text(raw.compressionLevel);
        if (given.isEmpty()) {
            return Compression.DEFAULT;
        }
        if (Parameters.text(raw.compression).orElse("gzip").equalsIgnoreCase("gzip")) {
            throw DeliveryException.ofUser(
                    "There is no level for gzip",
                    "ecr.compressionLevel is \"" + Texts.shown(given.get()) + "\", and ecr.compression is gzip",
                    "leave ecr.compressionLevel out, or set ecr.compression to zstd");
        }
        int level = given.get().matches("[0-9]{1,2}") ? Integer.parseInt(given.get()) : 0;
        if (level < Compression.LOWEST || level > Compression.HIGHEST) {
            throw Parameters.wrong(
                    "ecr.compressionLevel",
                    given.get(),
                    "a number from " + Compression.LOWEST + " to " + Compression.HIGHEST);
        }
        return level;
    }
}
