package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.PiecewiseInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The body of one upload, read by the HTTP client as fast as the connection takes it. Verified while it is sent, so
 * that a wrong content is never sent whole. Remembers why its source failed, since the client (JDK 17) takes a failed
 * read for the end of the stream.
 */
final class SentBody extends PiecewiseInputStream {
    private final InputStream source;
    private final Descriptor blob;
    private final Patience patience;
    private volatile long count;
    private volatile Optional<IOException> failure = Optional.empty();

    SentBody(InputStream source, Descriptor blob, Patience patience) {
        this.source = new VerifyingInputStream(source, blob);
        this.blob = blob;
        this.patience = patience;
    }

    /** Returns the length that is promised, in bytes. */
    long length() {
        return blob.size();
    }

    /** Returns how many bytes the client has taken. */
    long count() {
        return count;
    }

    /** Returns why the source could not be read to its end, if it could not. */
    Optional<IOException> failure() {
        return failure;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // read by one thread at a time, seen by others
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            int read = source.read(buffer, offset, length);
            count += Math.max(read, 0);
            patience.moved();
            return read;
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        } catch (RuntimeException | Error e) {
            IOException broken = new IOException(e.toString(), e);
            failure = Optional.of(broken);
            throw broken;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
