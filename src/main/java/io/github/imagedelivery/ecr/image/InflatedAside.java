package io.github.imagedelivery.ecr.image;

import com.github.luben.zstd.ZstdIOException;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.PiecewiseInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Passes a compressed stream on as it is, and inflates it at the same time to see what is in it. The last bytes are handed
 * out only when that is right. Holds a few buffers, whatever the stream inflates to.
 */
final class InflatedAside extends PiecewiseInputStream {
    private static final int BUFFER = 64 * 1024;
    /** Compressed bytes that may go by without any inflated one: a header or empty blocks without end are no layer. */
    private static final int MOST_FOR_NOTHING = 1024 * 1024;
    /** The same for zstd, where a table of contents may be between or behind the frames of a layer. */
    private static final int MOST_FOR_NOTHING_IN_ZSTD = 8 * 1024 * 1024;

    private final InputStream source;
    private final CompressedLayer layer;
    private final boolean isZstd;
    private final MessageDigest sha256 = Digest.sha256();
    private final byte[] inflated = new byte[BUFFER];
    private @Nullable InputStream inflater;
    /** What the inflater has taken, and the reader has not got yet. */
    private byte[] taken = new byte[BUFFER];

    private int from;
    private int to;
    private long count;
    private boolean checked;

    InflatedAside(InputStream source, CompressedLayer layer) {
        this.source = source;
        this.layer = layer;
        this.isZstd = layer.descriptor().mediaType().equals(MediaTypes.OCI_LAYER_ZSTD);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        // One byte is held back until all has been seen.
        while (to - from < 2 && !checked) {
            inflate();
        }
        if (from == to) {
            return source.read(target, offset, length);
        }
        int read = Math.min(length, to - from - (checked ? 0 : 1));
        System.arraycopy(taken, from, target, offset, read);
        from += read;
        return read;
    }

    private void inflate() throws IOException {
        System.arraycopy(taken, from, taken, 0, to - from);
        to -= from;
        from = 0;
        try {
            if (inflater == null) {
                inflater = LayerTypes.tar(layer.descriptor().mediaType(), new Taken());
            }
            int read = inflater.read(inflated);
            if (read < 0) {
                check();
                return;
            }
            sha256.update(inflated, 0, read);
            count += read;
        } catch (ZipException | EOFException | ZstdIOException e) {
            throw refused("is no " + (isZstd ? "zstd" : "gzip") + " stream that can be read: " + e.getMessage());
        }
        if (count > layer.limit()) {
            throw refused("inflates to more than " + layer.limit() + " bytes, and has "
                    + layer.descriptor().size());
        }
    }

    private void check() throws LayerException {
        Digest actual = Digest.of(sha256);
        if (!actual.equals(layer.diffId())) {
            throw refused("inflates to " + actual + ", the config says " + layer.diffId());
        }
        checked = true;
    }

    private LayerException refused(String why) {
        return new LayerException("the layer " + layer.descriptor().digest() + " " + why);
    }

    @Override
    public void close() throws IOException {
        try {
            if (inflater != null) {
                inflater.close();
            }
        } finally {
            source.close();
        }
    }

    /** What the inflater reads from: takes note of every byte for the reader. */
    private final class Taken extends PiecewiseInputStream {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = source.read(target, offset, length);
            if (read > 0) {
                keep(target, offset, read);
            }
            return read;
        }

        private void keep(byte[] bytes, int offset, int length) throws LayerException {
            int most = isZstd ? MOST_FOR_NOTHING_IN_ZSTD : MOST_FOR_NOTHING;
            if (to + length > most) {
                throw refused("inflates to nothing for " + most + " bytes");
            }
            if (to + length > taken.length) {
                taken = Arrays.copyOf(taken, Math.max(2 * taken.length, to + length));
            }
            System.arraycopy(bytes, offset, taken, to, length);
            to += length;
        }

        /** Always some: the inflater looks for a further member only where it may be. */
        @Override
        public int available() {
            return 1;
        }
    }
}
