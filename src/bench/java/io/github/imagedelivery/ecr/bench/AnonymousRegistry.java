package io.github.imagedelivery.ecr.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.imagedelivery.ecr.Certificate;
import io.github.imagedelivery.ecr.oci.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A registry that everybody may read base images from, at a host where no blob can be mounted from. */
final class AnonymousRegistry implements AutoCloseable {
    private final Map<String, Blob> content;
    private final HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private final Set<InetSocketAddress> clients = new HashSet<>();
    private long sent;
    private long sentOfBlobs;

    private AnonymousRegistry(Map<String, Blob> content, HttpServer server) {
        this.content = content;
        this.server = server;
    }

    /**
     * What was served.
     *
     * @param requests method and path of each
     * @param connections number of connections that they came on
     * @param sent bytes of the answers
     * @param sentOfBlobs of these, those of layers and configs
     */
    record Log(List<String> requests, long connections, long sent, long sentOfBlobs) {}

    /**
     * Starts one that serves https where there is a certificate, else http.
     *
     * @param content what it has, by tag or digest
     * @param certificate the server's
     */
    static AnonymousRegistry start(Map<String, Blob> content, Optional<Certificate> certificate) throws IOException {
        HttpServer server = create(certificate);
        AnonymousRegistry registry = new AnonymousRegistry(new ConcurrentHashMap<>(content), server);
        server.createContext("/v2/", registry::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return registry;
    }

    private static HttpServer create(Optional<Certificate> certificate) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (certificate.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.get().context()));
        return secure;
    }

    /** Has that under the name, too. */
    void put(String name, Blob blob) {
        content.put(name, blob);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Returns what was served since the last time. */
    synchronized Log take() {
        Log log = new Log(List.copyOf(requests), clients.size(), sent, sentOfBlobs);
        requests.clear();
        clients.clear();
        sent = 0;
        sentOfBlobs = 0;
        return log;
    }

    private synchronized void note(HttpExchange exchange) {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        clients.add(exchange.getRemoteAddress());
    }

    private synchronized void note(int bytes, boolean ofBlob) {
        sent += bytes;
        sentOfBlobs += ofBlob ? bytes : 0;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            note(exchange);
            String path = exchange.getRequestURI().getPath();
            Blob found = content.get(path.substring(path.lastIndexOf('/') + 1));
            if (found != null) {
                send(exchange, found, path.contains("/blobs/"));
            } else {
                exchange.sendResponseHeaders(path.equals("/v2/") ? 200 : 404, -1);
            }
        }
    }

    private void send(HttpExchange exchange, Blob blob, boolean ofBlob) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", blob.descriptor().mediaType());
        exchange.getResponseHeaders()
                .set("Docker-Content-Digest", blob.descriptor().digest().toString());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, blob.descriptor().size());
        try (InputStream in = blob.open();
                OutputStream out = exchange.getResponseBody()) {
            // Bit by bit, since this server buffers what it is given at once.
            byte[] chunk = new byte[1 << 16];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                out.write(chunk, 0, n);
                note(n, ofBlob);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
