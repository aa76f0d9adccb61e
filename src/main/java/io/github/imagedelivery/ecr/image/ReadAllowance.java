package io.github.imagedelivery.ecr.image;

import java.io.IOException;
import java.io.InputStream;

/**
 * How much may be read and noted while two images are compared: one that lies in a registry may be made to harm whoever
 * unpacks it. Belongs to one comparison and one thread.
 */
public final class ReadAllowance {
    /** Text compresses 10 times, zeros 1000 times (RFC 1951). */
    private static final int HIGHEST_RATIO = 200;

    private static final long ALWAYS_ALLOWED = 1024 * 1024;

    /** What a name takes in memory beside its letters: a hash, the attributes, the place in the map. */
    private static final int NOTE_BYTES = 500;

    private long bytes;
    private long memory;

    /**
     * Creates an allowance.
     *
     * @param bytes how many bytes may come out of all decompression together
     * @param memory how many bytes of memory may be filled with names and hashes, about
     */
    public ReadAllowance(long bytes, long memory) {
        this.bytes = bytes;
        this.memory = memory;
    }

    /**
     * Returns a stream that fails when it gives more than the allowance has left, or than honest content of the length
     * could.
     *
     * @param compressed length before decompression in bytes
     */
    InputStream inflated(InputStream in, long compressed) {
        return new Counted(in, ALWAYS_ALLOWED + HIGHEST_RATIO * compressed);
    }

    /** Takes note of a name. */
    void note(String name) throws IOException {
        memory -= NOTE_BYTES + name.length();
        if (memory < 0) {
            throw new IOException("there are too many files to compare");
        }
    }

    private final class Counted extends SequentialInputStream {
        private final long longest;
        private long left;

        Counted(InputStream in, long longest) {
            super(in);
            this.longest = longest;
            this.left = longest;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            left -= Math.max(read, 0);
            bytes -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException("it unpacks to more than " + longest + " bytes");
            }
            if (bytes < 0) {
                throw new IOException("there are too many bytes to compare");
            }
            return read;
        }
    }
}
