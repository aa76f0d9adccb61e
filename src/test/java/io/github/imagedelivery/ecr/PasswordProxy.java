package io.github.imagedelivery.ecr;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback that wants a password, and leads to one server on loopback, whatever host is asked for. */
public final class PasswordProxy implements AutoCloseable {
    private static final String REFUSAL = """
            HTTP/1.1 407 Proxy Authentication Required\r
            Proxy-Authenticate: Basic realm="proxy"\r
            Content-Length: 0\r
            Connection: close\r
            \r
            """;

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final String login;
    private final int target;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /**
     * Opens the proxy.
     *
     * @param login base64 of user and password
     * @param target port on loopback
     */
    public PasswordProxy(String login, int target) throws IOException {
        this.login = login;
        this.target = target;
        daemon(this::serve);
    }

    /** Returns the port on loopback. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns the requests that came, as they came. */
    public List<String> requests() {
        return requests;
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                daemon(() -> lead(client));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void lead(Socket client) {
        try (client;
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target)) {
            OutputStream out = client.getOutputStream();
            String request = head(client.getInputStream());
            requests.add(request);
            if (!request.contains("uthorization: Basic " + login + "\r\n")) {
                out.write(REFUSAL.getBytes(US_ASCII));
                return;
            }
            out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(US_ASCII));
            daemon(() -> copy(client, there));
            there.getInputStream().transferTo(out);
        } catch (IOException e) {
            // one of both went away
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of both went away
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (head.toString(US_ASCII).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(US_ASCII);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
