package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on loopback that answers by the path: as a registry that is made to harm, and, where there is no other path,
 * as a control plane that is.
 */
final class BombServer implements AutoCloseable {
    /** Bytes of an answer that no heap of the client would hold. */
    private static final long ENDLESS = 150_000_000;

    private final ServerSocket server;
    private final String controlPlane;
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /**
     * Starts the server.
     *
     * @param controlPlane what a control plane answers: {@code endless}, {@code endless-error}, {@code endless-header}
     */
    BombServer(String controlPlane) throws IOException {
        this.controlPlane = controlPlane;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Serves the content at a path. */
    void serve(String path, byte[] content) {
        contents.put(path, content);
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                daemon(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
            String path = reader.readLine().split(" ", -1)[1];
            for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
                // Headers, and a body if there is one, do not matter.
            }
            answer(path, connection.getOutputStream());
        } catch (IOException e) {
            // The client has had enough.
        }
    }

    private void answer(String path, OutputStream out) throws IOException {
        byte[] content = contents.get(path);
        if (content != null) {
            head(out, "200", content.length);
            out.write(content);
        } else if (path.contains("/endless-error/") || (path.equals("/") && controlPlane.equals("endless-error"))) {
            head(out, "403", ENDLESS);
            pour(out, ENDLESS);
        } else if (path.contains("/endless-header/") || (path.equals("/") && controlPlane.equals("endless-header"))) {
            out.write("HTTP/1.1 200 OK\r\nX-Endless: ".getBytes(ISO_8859_1));
            pour(out, ENDLESS);
        } else if (path.startsWith("/v2/endless-token/")) {
            String realm = "WWW-Authenticate: Bearer realm=\"http://" + host() + "/token\"\r\n";
            out.write(("HTTP/1.1 401 No\r\n" + realm + "Content-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
        } else {
            head(out, "200", ENDLESS);
            pour(out, ENDLESS);
        }
        out.flush();
    }

    private static void head(OutputStream out, String status, long length) throws IOException {
        String head = "HTTP/1.1 " + status + " Whatever\r\nContent-Type: " + MediaTypes.OCI_MANIFEST
                + "\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
        out.write(head.getBytes(ISO_8859_1));
    }

    private static void pour(OutputStream out, long bytes) throws IOException {
        byte[] chunk = "[".repeat(1 << 16).getBytes(ISO_8859_1);
        for (long left = bytes; left > 0; left -= chunk.length) {
            out.write(chunk, 0, (int) Math.min(left, chunk.length));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "bombs");
        thread.setDaemon(true);
        thread.start();
    }
}
