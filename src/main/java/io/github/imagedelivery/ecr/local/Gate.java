package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes the connections for the server behind it, one for one, and tells at once who tries TLS that there is none.
 *
 * <p>The JDK's server takes a TLS greeting for a request line and waits for its end. Tools that try https before http
 * ({@code skopeo}, {@code podman}, {@code docker}) would wait with it for ten seconds, on each of their connections.
 */
final class Gate implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final byte[] NO_TLS = "HTTP/1.0 400 Bad Request\r\n\r\nThis is an http port, not an https one.\n"
            .getBytes(StandardCharsets.US_ASCII);

    private static final System.Logger LOGGER = System.getLogger(Gate.class.getName());

    private final ServerSocket entrance;
    private final InetSocketAddress behind;
    private final boolean tls;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Gate(ServerSocket entrance, InetSocketAddress behind, boolean tls, ExecutorService threads) {
        this.entrance = entrance;
        this.behind = behind;
        this.tls = tls;
        this.threads = threads;
    }

    /**
     * Opens the gate.
     *
     * @param port where, on the same address as the server behind; 0 for any port that is free
     * @param tls whether the server behind speaks TLS
     */
    static Gate open(int port, InetSocketAddress behind, boolean tls) throws IOException {
        ServerSocket entrance = new ServerSocket();
        try {
            entrance.bind(new InetSocketAddress(behind.getAddress(), port), 0);
        } catch (IOException | IllegalArgumentException e) {
            entrance.close();
            throw new IOException("port " + port + " of 127.0.0.1 cannot be used: " + e.getMessage(), e);
        }
        Gate gate = new Gate(entrance, behind, tls, Daemons.unbounded("local-ecr-gate"));
        gate.threads.execute(gate::admit);
        return gate;
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void admit() {
        while (!entrance.isClosed()) {
            try {
                Socket client = track(entrance.accept());
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                // Closed, which the loop sees; or one connection failed before it began.
                note(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            PushbackInputStream in = new PushbackInputStream(client.getInputStream());
            int first = in.read();
            if (first == TLS_HANDSHAKE && !tls) {
                in.skipNBytes(in.available());
                client.getOutputStream().write(NO_TLS);
            } else if (first >= 0) {
                in.unread(first);
                relay(client, in);
            }
        } catch (IOException e) {
            // Either side went away: closing the other one is all that there is to do.
            note(e);
        } finally {
            open.remove(client);
        }
    }

    private void relay(Socket client, InputStream in) throws IOException {
        try (Socket server = track(new Socket(behind.getAddress(), behind.getPort()))) {
            threads.execute(() -> answer(server, client));
            pump(in, server.getOutputStream());
            server.shutdownOutput();
            awaitEnd(server);
        }
    }

    /** Carries the answers; their end is the end of the connection, whatever the client still sends. */
    private void answer(Socket server, Socket client) {
        try (client;
                server) {
            pump(server.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            note(e);
        } finally {
            synchronized (server) {
                open.remove(server);
                server.notifyAll();
            }
        }
    }

    private void awaitEnd(Socket server) throws IOException {
        synchronized (server) {
            try {
                while (open.contains(server)) {
                    server.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("closed", e);
            }
        }
    }

    private static void pump(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int read = in.read(buffer);
        while (read >= 0) {
            out.write(buffer, 0, read);
            read = in.read(buffer);
        }
    }

    /** Takes note of a socket; closes it where it came while the gate was being closed. */
    private Socket track(Socket socket) throws IOException {
        open.add(socket);
        try {
            socket.setTcpNoDelay(true);
            if (entrance.isClosed()) {
                throw new SocketException("closed");
            }
            return socket;
        } catch (IOException e) {
            open.remove(socket);
            socket.close();
            throw e;
        }
    }

    private static void note(Exception e) {
        LOGGER.log(System.Logger.Level.DEBUG, "a connection ended: {0}", e.getMessage());
    }

    /** Closes the port and all connections; with these the threads end. */
    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdown();
    }
}
