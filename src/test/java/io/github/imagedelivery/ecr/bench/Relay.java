package io.github.imagedelivery.ecr.bench;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A network to one server of this machine: what is sent arrives half a round trip later, and all connections share what
 * each direction carries. There is no slow start and no loss. Opening a connection takes a round trip, since its first
 * byte waits for one.
 *
 * <p>The server has the same port on {@link #ADDRESS} as on 127.0.0.1.
 */
final class Relay implements AutoCloseable {
    /** Another address of the loopback interface. */
    static final String ADDRESS = "127.0.0.2";

    /** Little, so that a sender notices the network and not the sockets of this one. */
    private static final int SOCKET_BUFFER = 1 << 17;

    /** A second apart. */
    private static final int BINDS = 75;

    private final Line up;
    private final Line down;
    private final ServerSocket entrance;
    private final ExecutorService threads;
    private int open;
    private int most;

    private Relay(Line up, Line down, ServerSocket entrance, ExecutorService threads) {
        this.up = up;
        this.down = down;
        this.entrance = entrance;
        this.threads = threads;
    }

    /** Opens the way to the server on that port, by these lines. */
    static Relay open(Line up, Line down, int port) throws IOException {
        ServerSocket entrance = new ServerSocket();
        try {
            entrance.setReceiveBufferSize(SOCKET_BUFFER);
            bind(entrance, new InetSocketAddress(ADDRESS, port));
        } catch (IOException e) {
            entrance.close();
            throw e;
        }
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "relay");
            thread.setDaemon(true);
            return thread;
        });
        Relay relay = new Relay(up, down, entrance, threads);
        threads.execute(relay::admit);
        return relay;
    }

    /** A client's connection may have ended on that port, which is then taken for a minute. */
    private static void bind(ServerSocket entrance, InetSocketAddress address) throws IOException {
        for (int tries = 1; !entrance.isBound(); tries++) {
            try {
                entrance.bind(address);
            } catch (BindException e) {
                if (tries == BINDS) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Returns how many connections were open at once at most, since the last time. */
    synchronized int takeMost() {
        int taken = most;
        most = open;
        return taken;
    }

    private synchronized void count(int more) {
        open += more;
        most = Math.max(most, open);
    }

    private void admit() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                // Closed, which the loop sees; or one connection failed before it began.
                note(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket()) {
            talk(client, server).get();
        } catch (IOException | ExecutionException | CancellationException | RejectedExecutionException e) {
            note(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Carries what the client says until its end, and returns what ends with the server's answers. */
    private Future<?> talk(Socket client, Socket server) throws IOException, InterruptedException {
        count(1);
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.setReceiveBufferSize(SOCKET_BUFFER);
            // The round trip of the handshake, which a client on this machine has not waited for.
            TimeUnit.NANOSECONDS.sleep(up.delayNanos() + down.delayNanos());
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), entrance.getLocalPort()));
            Future<?> answers = threads.submit(() -> {
                new Flow(server, client, down).carry(threads);
                return null;
            });
            new Flow(client, server, up).carry(threads);
            return answers;
        } finally {
            count(-1);
        }
    }

    private static void note(Exception e) {
        System.getLogger(Relay.class.getName())
                .log(System.Logger.Level.DEBUG, "a connection ended: {0}", e.getMessage());
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        threads.shutdownNow();
    }
}
