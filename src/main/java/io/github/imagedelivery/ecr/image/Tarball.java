package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.PiecewiseInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A layer, or the tar of an image: blocks of memory while the budget lasts, then a temporary file that only its owner can
 * read. Written once by one thread, then read by any number of threads; closing it frees the memory or the file.
 */
final class Tarball implements Content, AutoCloseable {
    /** In bytes. G1 gives an array of half a region, 512 KiB in a small heap, whole regions: one of 1 MiB takes two. */
    static final int BLOCK = 256 * 1024;

    private static final int FILE_BUFFER = 64 * 1024;

    private final HeapBudget budget;
    private final Path spillDirectory;
    private final OutputStream output = new Output();
    private volatile List<byte[]> blocks = new ArrayList<>();
    private volatile @Nullable Path file;
    private @Nullable OutputStream fileOutput;
    private volatile boolean closed;
    private long size;

    /**
     * Creates an empty tarball.
     *
     * @param budget pays for the blocks
     * @param spillDirectory existing directory of the file; not the system's temporary one, which is often memory too
     */
    Tarball(HeapBudget budget, Path spillDirectory) {
        this.budget = budget;
        this.spillDirectory = spillDirectory;
    }

    /** Returns the stream that appends to this tarball. */
    OutputStream output() {
        return output;
    }

    /** Tells whether the bytes lie in a file. */
    boolean isSpilled() {
        return file != null;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        Objects.checkFromIndexSize(offset, length, size);
        checkOpen();
        Path spilled = file;
        return spilled == null
                ? new LimitedStream(new Input(offset), length)
                : new FileContent(spilled, size).open(offset, length);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        freeBlocks();
        try {
            closeAndDelete();
        } catch (IOException e) {
            // The image was built and used; a file that stays behind goes with the cache directory.
            Objects.requireNonNull(file).toFile().deleteOnExit();
        }
    }

    private void append(byte[] source, int offset, int length) throws IOException {
        checkOpen();
        int done = 0;
        while (done < length) {
            int used = (int) (size % BLOCK);
            if (fileOutput == null && used == 0) {
                addBlock();
            }
            int count = length - done;
            if (fileOutput != null) {
                fileOutput.write(source, offset + done, count);
            } else {
                count = Math.min(count, BLOCK - used);
                System.arraycopy(source, offset + done, blocks.get(blocks.size() - 1), used, count);
            }
            done += count;
            size += count;
        }
    }

    private void addBlock() throws IOException {
        if (budget.take(BLOCK)) {
            blocks.add(new byte[BLOCK]);
            return;
        }
        Path spilled = Files.createTempFile(spillDirectory, "layers", ".tar");
        file = spilled;
        // Compressors write a few bytes in front of each piece.
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(spilled), FILE_BUFFER);
        fileOutput = out;
        // Only ever called at the end of a full block.
        for (byte[] block : blocks) {
            out.write(block);
        }
        freeBlocks();
    }

    private void freeBlocks() {
        budget.giveBack((long) blocks.size() * BLOCK);
        blocks = new ArrayList<>();
    }

    /** Deletes the file even where a full disk does not take the rest of it. */
    private void closeAndDelete() throws IOException {
        try {
            closeFile();
        } finally {
            Path spilled = file;
            if (spilled != null) {
                Files.deleteIfExists(spilled);
            }
        }
    }

    private void closeFile() throws IOException {
        if (fileOutput != null) {
            fileOutput.close();
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("the image is closed, its layers are freed");
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            append(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, source.length);
            append(source, offset, length);
        }

        @Override
        public void close() throws IOException {
            closeFile();
        }
    }

    private final class Input extends PiecewiseInputStream {
        private long at;

        Input(long at) {
            this.at = at;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            List<byte[]> held = blocks;
            checkOpen();
            if (at == size && length > 0) {
                return -1;
            }
            int from = (int) (at % BLOCK);
            int count = (int) Math.min(Math.min(length, BLOCK - from), size - at);
            if (count > 0) {
                System.arraycopy(held.get((int) (at / BLOCK)), from, target, offset, count);
            }
            at += count;
            return count;
        }
    }
}
