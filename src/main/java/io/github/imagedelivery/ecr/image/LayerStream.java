package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Walks over the files of a layer in the order of its tar. Nothing is unpacked or held. Who is told the end has read
 * the whole blob, so that a stream which verifies has verified.
 */
final class LayerStream implements AutoCloseable {
    private static final long LONGEST = 1024L * 1024 * 1024;

    private final InputStream raw;
    private final InputStream tar;
    private final ReadAllowance allowance;

    private LayerStream(InputStream raw, InputStream tar, ReadAllowance allowance) {
        this.raw = raw;
        this.tar = tar;
        this.allowance = allowance;
    }

    /** Takes up one file of a layer. */
    interface Visitor {
        /**
         * Is shown a file.
         *
         * @param content its content; may be read or left, closing it does nothing
         */
        void visit(TarFile file, InputStream content) throws IOException;
    }

    /** Shows every file of the layer to the visitor. */
    static void walk(Blob layer, ReadAllowance allowance, Visitor visitor) throws IOException, FormatException {
        try (LayerStream stream = open(layer, allowance)) {
            stream.walk(visitor);
        }
    }

    private static LayerStream open(Blob layer, ReadAllowance allowance) throws IOException, FormatException {
        long size = layer.descriptor().size();
        String type = LayerTypes.oci(layer.descriptor().mediaType());
        if (type.equals(MediaTypes.OCI_LAYER_ZSTD) && Zstd.problem().isPresent()) {
            throw new FormatException(
                    "it is compressed with zstd; " + Zstd.problem().get());
        }
        if (size > LONGEST) {
            throw new FormatException("it has " + size + " bytes; at most " + LONGEST + " are read");
        }
        InputStream raw = layer.open();
        try {
            InputStream tar = new BufferedInputStream(LayerTypes.tar(type, raw), 64 * 1024);
            return new LayerStream(raw, allowance.inflated(tar, size), allowance);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private void walk(Visitor visitor) throws IOException, FormatException {
        Map<String, String> extended = Map.of();
        byte[] block = tar.readNBytes(TarHeader.BYTES);
        while (block.length == TarHeader.BYTES && !TarHeader.isEnd(block)) {
            extended = enter(TarFile.read(block, extended), visitor);
            block = tar.readNBytes(TarHeader.BYTES);
        }
        tar.transferTo(OutputStream.nullOutputStream());
        raw.transferTo(OutputStream.nullOutputStream());
    }

    /** Shows a file, or returns the extended header that holds for the one behind it. */
    private Map<String, String> enter(TarFile file, Visitor visitor) throws IOException, FormatException {
        if (file.type() == 'x') {
            return extended(file.size());
        }
        if (file.type() == 'L' || file.type() == 'K') {
            throw new FormatException("a name in it is in GNU's form, not POSIX's");
        }
        allowance.note(file.name());
        LimitedStream content = new LimitedStream(tar, file.size());
        visitor.visit(file, new FilterInputStream(content) {
            @Override
            public void close() {}
        });
        content.transferTo(OutputStream.nullOutputStream());
        skipPadding(file.size());
        return Map.of();
    }

    private void skipPadding(long size) throws IOException {
        tar.skipNBytes(Math.floorMod(-size, (long) TarHeader.BYTES));
    }

    private Map<String, String> extended(long size) throws IOException, FormatException {
        if (size > PaxRecords.MAX_BYTES) {
            throw new FormatException("it has an extended header of " + size + " bytes");
        }
        byte[] records = tar.readNBytes((int) size);
        skipPadding(size);
        return PaxRecords.read(records);
    }

    /** Reads a stream to its end and returns the digest of it. */
    static Digest hash(InputStream content) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[16 * 1024];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            sha256.update(buffer, 0, read);
        }
        return Digest.of(sha256);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
