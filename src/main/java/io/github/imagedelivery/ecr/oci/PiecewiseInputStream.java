package io.github.imagedelivery.ecr.oci;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in pieces: whatever a reader asks for comes through the array. */
public abstract class PiecewiseInputStream extends InputStream {
    /** Creates a stream. */
    protected PiecewiseInputStream() {}

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
