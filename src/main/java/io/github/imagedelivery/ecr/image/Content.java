package io.github.imagedelivery.ecr.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Bytes that can be read from any position: a tarball in memory, a file, or a part of either. */
interface Content {
    /** Returns the length in bytes. */
    long size();

    /** Opens the part that begins at the offset; a range beyond the end is a mistake of the caller. */
    InputStream open(long offset, long length) throws IOException;

    /** Opens all of it. */
    default InputStream open() throws IOException {
        return open(0, size());
    }

    /** Reads a part that is known to be small. */
    default byte[] read(long offset, int length) throws IOException {
        try (InputStream in = open(offset, length)) {
            byte[] read = in.readNBytes(length);
            if (read.length < length) {
                throw new EOFException("ends after " + (offset + read.length) + " of " + size() + " bytes");
            }
            return read;
        }
    }

    /** Returns a part; nothing is copied. */
    default Content slice(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, size());
        Content whole = this;
        return new Content() {
            @Override
            public long size() {
                return length;
            }

            @Override
            public InputStream open(long from, long count) throws IOException {
                Objects.checkFromIndexSize(from, count, length);
                return whole.open(offset + from, count);
            }
        };
    }
}
