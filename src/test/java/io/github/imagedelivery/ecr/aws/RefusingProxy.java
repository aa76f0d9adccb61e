package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback that keeps to whom it was asked to connect, and connects to nobody. */
public final class RefusingProxy implements AutoCloseable {
    private final String status;
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<String> connects = new CopyOnWriteArrayList<>();

    /** Opens the proxy. */
    public RefusingProxy() throws IOException {
        this("403 Forbidden");
    }

    /** Opens a proxy that refuses with the status. */
    RefusingProxy(String status) throws IOException {
        this.status = status;
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns its port on loopback. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns the first lines of the requests that came. */
    public List<String> connects() {
        return connects;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                connects.add(reader.readLine());
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(US_ASCII));
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
