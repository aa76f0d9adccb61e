package io.github.imagedelivery.ecr.image;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Compresses and inflates with zstd (RFC 8878). That is native code, which zstd-jni has for the usual systems and unpacks
 * into the directory for temporary files; it is loaded when the first layer asks for it.
 */
final class Zstd {
    /** The highest level whose window every decoder should bear: 8 MiB (RFC 8878, 3.1.1.1.2). */
    private static final int HIGHEST_PLAIN_LEVEL = 19;

    private static final int WINDOW_LOG = 23;
    /** 128 MiB, up to which the zstd program reads without being told to. A frame that asks for more is refused. */
    private static final int LARGEST_WINDOW_LOG = 27;

    private static final Optional<String> PROBLEM = load();

    private Zstd() {}

    private static Optional<String> load() {
        try {
            Native.load();
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(
                    "its native code cannot be loaded: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    /** Tells why zstd cannot be used on this machine; empty where it can. */
    static Optional<String> problem() {
        return PROBLEM;
    }

    /**
     * Returns a stream that compresses in the thread that writes. So the bytes depend on content and level alone: not on
     * the number of processors, nor on the portions that are written.
     */
    static OutputStream deflating(OutputStream out, int level) throws IOException {
        requireLoaded();
        ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out, level);
        return level > HIGHEST_PLAIN_LEVEL ? zstd.setWindowLog(WINDOW_LOG) : zstd;
    }

    /** Returns a stream of what is in one or more frames; to be closed, since its window is no memory of Java's. */
    static InputStream inflating(InputStream in) throws IOException {
        requireLoaded();
        return new ZstdInputStreamNoFinalizer(in).setLongMax(LARGEST_WINDOW_LOG);
    }

    private static void requireLoaded() throws IOException {
        if (PROBLEM.isPresent()) {
            throw new IOException("zstd cannot be used, " + PROBLEM.get());
        }
    }
}
