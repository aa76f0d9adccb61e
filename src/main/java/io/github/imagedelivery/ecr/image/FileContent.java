package io.github.imagedelivery.ecr.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The bytes of a file. Every stream opens the file anew: an interrupted reader closes its own channel, not everybody's.
 *
 * @param file a regular file
 * @param size its length when it was first looked at; a file that has shrunk since ends early
 */
record FileContent(Path file, long size) implements Content {
    private static final int BUFFER = 64 * 1024;

    /** Looks at the file. */
    static FileContent of(Path file) throws IOException {
        return new FileContent(file, Files.size(file));
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        Objects.checkFromIndexSize(offset, length, size);
        SeekableByteChannel channel = Files.newByteChannel(file);
        channel.position(offset);
        int buffer = (int) Math.min(BUFFER, Math.max(length, 1));
        return new LimitedStream(new BufferedInputStream(Channels.newInputStream(channel), buffer), length);
    }
}
