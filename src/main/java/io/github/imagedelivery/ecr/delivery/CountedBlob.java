package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.PiecewiseInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A blob whose bytes are counted as they are read; when it is opened again, from its beginning. */
final class CountedBlob implements Blob {
    private final Blob blob;
    private final Work work;
    private long counted;
    private volatile boolean opened;
    private boolean spared;

    CountedBlob(Blob blob, Work work) {
        this.blob = blob;
        this.work = work;
    }

    @Override
    public Descriptor descriptor() {
        return blob.descriptor();
    }

    @Override
    public InputStream open() throws IOException {
        opened = true;
        count(-counted());
        return new Counted(blob.open());
    }

    /** Tells whether any of its bytes were asked for. */
    boolean wasOpened() {
        return opened;
    }

    private synchronized long counted() {
        return counted;
    }

    private synchronized void count(long bytes) {
        counted += bytes;
        work.moved(bytes);
    }

    /** Takes note that its bytes need not move, or not all of them. */
    synchronized void spare() {
        if (!spared) {
            spared = true;
            count(-counted);
            work.expect(-descriptor().size());
        }
    }

    private final class Counted extends PiecewiseInputStream {
        private final InputStream in;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
