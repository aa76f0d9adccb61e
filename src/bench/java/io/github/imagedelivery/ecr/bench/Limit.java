package io.github.imagedelivery.ecr.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The least that any client must do with bytes that a registry does not have: read, digest and send each once. */
final class Limit {
    private static final int TRIES = 3;

    private Limit() {}

    /** Does so with all files of the directory, and returns the microseconds of the quickest of some tries. */
    static long micros(Path directory) throws IOException, InterruptedException, ExecutionException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            least = Math.min(least, nanos(files));
        }
        return Math.max(1, least / 1_000);
    }

    private static long nanos(List<Path> files) throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            Future<Long> received = threads.submit(() -> {
                try (InputStream in = accepted.getInputStream()) {
                    return in.transferTo(OutputStream.nullOutputStream());
                }
            });
            long start = System.nanoTime();
            OutputStream out = new DigestOutputStream(client.getOutputStream(), MessageDigest.getInstance("SHA-256"));
            byte[] chunk = new byte[1 << 16];
            for (Path file : files) {
                copy(file, out, chunk);
            }
            client.shutdownOutput();
            received.get();
            return System.nanoTime() - start;
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        } finally {
            threads.shutdown();
        }
    }

    private static void copy(Path file, OutputStream out, byte[] chunk) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                out.write(chunk, 0, n);
            }
        }
    }
}
