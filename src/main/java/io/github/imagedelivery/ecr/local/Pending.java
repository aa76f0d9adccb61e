package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Content on its way in: grows, and is hashed in flight. Used by one thread at a time. */
abstract class Pending {
    private final MessageDigest computation = Digest.sha256();
    private long length;

    /** Returns a stream that writes behind what is there. */
    abstract OutputStream appending() throws IOException;

    /** Forgets the content. */
    abstract void discard() throws IOException;

    /** Appends all of the stream; what came before a failure stays. */
    void append(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = appending()) {
            int read = in.read(buffer);
            while (read >= 0) {
                out.write(buffer, 0, read);
                computation.update(buffer, 0, read);
                length += read;
                read = in.read(buffer);
            }
        }
    }

    long length() {
        return length;
    }

    /** Ends the computation; nothing may be appended any more. */
    Digest digest() {
        return Digest.of(computation);
    }
}
