package io.github.imagedelivery.ecr.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Gives a content in small pieces, with a pause before each. */
final class Drip extends FilterInputStream {
    private final int bytes;
    private final Duration pause;

    Drip(InputStream content, int bytes, Duration pause) {
        super(content);
        this.bytes = bytes;
        this.pause = pause;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closed while a content dripped");
        }
        return super.read(buffer, offset, Math.min(length, bytes));
    }
}
