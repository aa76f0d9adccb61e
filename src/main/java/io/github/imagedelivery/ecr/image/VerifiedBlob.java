package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A blob whose every stream checks what it delivers: the last byte is handed out only when length and digest are right.
 *
 * @param descriptor what the bytes must be
 * @param content where they lie
 */
record VerifiedBlob(Descriptor descriptor, Content content) implements Blob {
    /** Reads the content once to learn its digest. */
    static VerifiedBlob hash(String mediaType, Content content) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return new VerifiedBlob(new Descriptor(mediaType, Digest.of(sha256), content.size()), content);
    }

    @Override
    public InputStream open() throws IOException {
        if (content.size() != descriptor.size()) {
            throw new LayerException(
                    descriptor.digest() + " has " + content.size() + " bytes instead of " + descriptor.size());
        }
        return new Checked(content.open(), descriptor);
    }

    private static final class Checked extends SequentialInputStream {
        private final Descriptor expected;
        private final MessageDigest sha256 = Digest.sha256();
        private long left;
        private boolean isChecked;

        Checked(InputStream in, Descriptor expected) {
            super(in);
            this.expected = expected;
            this.left = expected.size();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            if (read < 0 && left > 0) {
                throw new LayerException(expected.digest() + " ends " + left + " bytes early");
            }
            if (read > 0) {
                sha256.update(target, offset, read);
                left -= read;
            }
            check();
            return read;
        }

        private void check() throws IOException {
            if (left == 0 && !isChecked && !Digest.of(sha256).equals(expected.digest())) {
                throw new LayerException("the content of " + expected.digest() + " has another digest");
            }
            isChecked |= left == 0;
        }
    }
}
