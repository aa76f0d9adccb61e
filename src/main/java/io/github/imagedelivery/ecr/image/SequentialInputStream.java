package io.github.imagedelivery.ecr.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that sees every byte once and in order: whatever a reader asks for comes through the array. */
abstract class SequentialInputStream extends FilterInputStream {
    /** Longest step of a skip, in bytes. */
    private static final int STEP = 8192;

    SequentialInputStream(InputStream in) {
        super(in);
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final long skip(long count) throws IOException {
        byte[] passed = new byte[(int) Math.max(0, Math.min(count, STEP))];
        return Math.max(read(passed, 0, passed.length), 0);
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
