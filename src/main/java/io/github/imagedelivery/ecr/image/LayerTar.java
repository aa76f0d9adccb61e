package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.google.common.collect.ImmutableList;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.Map;

/**
 * The tar of a layer, which Jib core writes whenever it is asked for. The same files give the same bytes.
 *
 * @param files what Jib is told about them
 * @param links targets of symbolic links by path, without a slash in front; Jib sees an empty file in place of each
 */
record LayerTar(FileEntriesLayer files, Map<String, String> links) {
    String name() {
        return files.getName();
    }

    /**
     * Writes the tar, and closes the stream.
     *
     * @param storage where the tar lies before it gets its links, if it has any
     * @return its digest: the diff id of the layer
     */
    Digest write(OutputStream out, LayerStorage storage) throws IOException {
        if (links.isEmpty()) {
            return writeFiles(out);
        }
        try (Tarball unlinked = storage.tarball()) {
            writeFiles(unlinked.output());
            DigestOutputStream digested = new DigestOutputStream(out, Digest.sha256());
            LinkedTar.copy(unlinked.open(), digested, links);
            return Digest.of(digested.getMessageDigest());
        }
    }

    private Digest writeFiles(OutputStream out) throws IOException {
        BlobDescriptor written = new ReproducibleLayerBuilder(ImmutableList.copyOf(files.getEntries()))
                .build()
                .writeTo(new Undisturbed(out));
        out.flush(); // After which zstd writes a last block: layers have it since there are any of zstd.
        out.close();
        return new Digest("sha256", written.getDigest().getHash());
    }

    /** Jib flushes and closes, which would make compressors write what depends on when. */
    private static final class Undisturbed extends FilterOutputStream {
        Undisturbed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
