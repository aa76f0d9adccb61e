package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.PiecewiseInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Passes content on and holds it to its descriptor. The last bytes are given out only when length and digest are right:
 * whoever has read to the end has read the right content.
 */
final class VerifyingInputStream extends PiecewiseInputStream {
    private final InputStream in;
    private final Descriptor promised;
    private final MessageDigest hash = Digest.sha256();
    private long count;
    private boolean verified;

    VerifyingInputStream(InputStream in, Descriptor promised) {
        this.in = in;
        this.promised = promised;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (count == promised.size()) {
            verify();
            return -1;
        }
        int wanted = (int) Math.min(length, promised.size() - count);
        int read = in.read(buffer, offset, wanted);
        if (read < 0) {
            throw new IOException(
                    "content of " + promised.digest() + " ended after " + count + " of " + promised.size() + " bytes");
        }
        hash.update(buffer, offset, read);
        count += read;
        if (count == promised.size()) {
            verify();
        }
        return read;
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        if (in.read() >= 0) {
            throw new IOException("content of " + promised.digest() + " is longer than " + promised.size() + " bytes");
        }
        Digest actual = Digest.of(hash);
        if (!actual.equals(promised.digest())) {
            throw new IOException("content of " + promised.digest() + " hashes to " + actual);
        }
        verified = true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
