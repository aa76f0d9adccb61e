package io.github.imagedelivery.ecr.local;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A server on a free port of 127.0.0.1, all of whose threads are daemons. */
final class LoopbackServer implements AutoCloseable {
    /** Enough for a client's pool while some requests are held. */
    private static final int THREADS = 24;

    /** After that the storage is let go of, whatever still uses it. */
    private static final int LONGEST_END_SECONDS = 5;

    static {
        // The server writes head and body in two pieces; held back by Nagle's algorithm, the second costs 40 ms.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private LoopbackServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Takes a free port; no request is served yet.
     *
     * @param tls what to serve https with; http where empty
     */
    static LoopbackServer bind(Optional<SSLContext> tls) throws IOException {
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        HttpServer server = create(new InetSocketAddress(loopback, 0), tls);
        ExecutorService threads = Daemons.bounded("local-ecr", THREADS);
        server.setExecutor(threads);
        return new LoopbackServer(server, threads);
    }

    private static HttpServer create(InetSocketAddress address, Optional<SSLContext> tls) throws IOException {
        if (tls.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
        return server;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    /**
     * Serves from now on.
     *
     * @throws IOException if interrupted meanwhile
     */
    void serve(Door door) throws IOException {
        server.createContext("/", door);
        try {
            // The server's own thread becomes a daemon by being started from one.
            threads.submit(server::start).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was starting", e);
        } catch (ExecutionException e) {
            throw new IOException("the server could not be started", e);
        }
    }

    /** Closes the port and all connections, interrupts what is still being served, and waits for its end. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
