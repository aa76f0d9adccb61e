package io.github.imagedelivery.ecr.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What one side of a connection says to the other, on its way. No more is taken from the one than is on the line, and
 * than the other takes: the rest waits in the sender's socket, as it does on a real line.
 */
final class Flow {
    private static final int CHUNK = 1 << 14;

    /** More than is on the line at any time: what leaves within the delay, and a little. */
    private static final int CHUNKS = 64;

    /** So long before a chunk has left the next is taken, lest the line be idle when the sleep was too long. */
    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Socket from;
    private final Socket to;
    private final Line line;
    private final BlockingQueue<Chunk> underway = new ArrayBlockingQueue<>(CHUNKS);

    Flow(Socket from, Socket to, Line line) {
        this.from = from;
        this.to = to;
        this.line = line;
    }

    /**
     * What arrives later.
     *
     * @param bytes none at the end
     */
    private record Chunk(ByteBuffer bytes, long dueNanos) {
        boolean isEnd() {
            return !bytes.hasRemaining();
        }
    }

    /** Carries all that comes, until its end or that of the connection. */
    void carry(Executor threads) throws InterruptedException {
        threads.execute(this::read);
        write();
    }

    private void read() {
        try {
            Chunk chunk;
            do {
                ByteBuffer bytes = received();
                long left = line.leave(bytes.limit());
                chunk = new Chunk(bytes, left + line.delayNanos());
                underway.put(chunk);
                sleepUntil(left - AHEAD_NANOS);
            } while (!chunk.isEnd());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what came, nothing at the end, of which a broken connection is one. */
    private ByteBuffer received() {
        byte[] bytes = new byte[CHUNK];
        try {
            return ByteBuffer.wrap(bytes, 0, Math.max(0, from.getInputStream().read(bytes)));
        } catch (IOException e) {
            return ByteBuffer.allocate(0);
        }
    }

    private void write() throws InterruptedException {
        boolean open = true;
        for (Chunk chunk = underway.take(); !chunk.isEnd(); chunk = underway.take()) {
            sleepUntil(chunk.dueNanos());
            open = open && delivered(chunk);
        }
        if (open) {
            end();
        }
    }

    /** Tells whether the chunk could be delivered; where not, nothing more is taken. */
    private boolean delivered(Chunk chunk) {
        try {
            OutputStream out = to.getOutputStream();
            out.write(chunk.bytes().array(), 0, chunk.bytes().limit());
            return true;
        } catch (IOException e) {
            close(from);
            return false;
        }
    }

    private void end() {
        try {
            to.shutdownOutput();
        } catch (IOException e) {
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(Flow.class.getName()).log(System.Logger.Level.DEBUG, "a socket was not closed", e);
        }
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
