package io.github.imagedelivery.ecr.image;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A stream of gzip (RFC 1952) in one member, which deflates only what is worth it: pieces whose bytes are spread as those of a
 * compressed file are stored as they are. That is looked for in the content, not in names, so a jar is stored but for its table of
 * contents, and a jar whose entries are stored is deflated.
 *
 * <p>The bytes depend on the content and on the JVM's zlib, not on the portions that are written.
 */
final class MixedGzip extends FilterOutputStream {
    /** In bytes; a block that is stored has less than 64 KiB. Smaller pieces follow the content more closely. */
    static final int PIECE = 16 * 1024;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int STORED_BLOCK = 0;
    private static final int LAST_STORED_BLOCK = 1;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final CRC32 crc = new CRC32();
    private final byte[] piece = new byte[PIECE];
    private final byte[] deflated = new byte[PIECE];
    private int filled;
    private long count;
    /** Whether the deflater holds something of pieces that it was given last. */
    private boolean deflating;

    private boolean closed;

    MixedGzip(OutputStream out) throws IOException {
        super(out);
        out.write(HEADER);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, PIECE - filled);
            System.arraycopy(source, offset + done, piece, filled, part);
            filled += part;
            done += part;
            if (filled == PIECE) {
                writePiece();
            }
        }
    }

    private void writePiece() throws IOException {
        crc.update(piece, 0, filled);
        count += filled;
        if (isDense(piece, filled)) {
            interrupt();
            writeBlock(STORED_BLOCK, filled);
            out.write(piece, 0, filled);
        } else {
            deflating = true;
            deflater.setInput(piece, 0, filled);
            while (!deflater.needsInput()) {
                drain(Deflater.NO_FLUSH);
            }
        }
        filled = 0;
    }

    /**
     * Tells whether deflating would save little: the squares of the frequencies of all bytes are then not much more than where each
     * byte is as frequent as any other. A short piece never is dense.
     */
    static boolean isDense(byte[] bytes, int length) {
        int[] frequencies = new int[256];
        for (int i = 0; i < length; i++) {
            frequencies[bytes[i] & 0xff]++;
        }
        long squares = 0;
        for (int frequency : frequencies) {
            squares += (long) frequency * frequency;
        }
        return squares * 256 * 4 <= (long) length * length * 5;
    }

    /** Ends what is deflated at a whole byte. What comes later must not refer to it, since the deflater sees no stored block. */
    private void interrupt() throws IOException {
        if (deflating) {
            while (drain(Deflater.SYNC_FLUSH) == deflated.length) {
                // There is more to come.
            }
            deflater.reset();
            deflating = false;
        }
    }

    private int drain(int flush) throws IOException {
        int length = deflater.deflate(deflated, 0, deflated.length, flush);
        out.write(deflated, 0, length);
        return length;
    }

    private void writeBlock(int kind, int length) throws IOException {
        out.write(littleEndian(5)
                .put((byte) kind)
                .putShort((short) length)
                .putShort((short) ~length)
                .array());
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Ends the stream, and closes the one below. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (OutputStream below = out) {
            if (filled > 0) {
                writePiece();
            }
            if (deflating) {
                deflater.finish();
                while (!deflater.finished()) {
                    drain(Deflater.NO_FLUSH);
                }
            } else {
                writeBlock(LAST_STORED_BLOCK, 0);
            }
            below.write(littleEndian(8)
                    .putInt((int) crc.getValue())
                    .putInt((int) count)
                    .array());
        } finally {
            deflater.end();
        }
    }
}
