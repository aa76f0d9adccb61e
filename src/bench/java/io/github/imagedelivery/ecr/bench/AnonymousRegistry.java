package io.github.imagedelivery.ecr.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.imagedelivery.ecr.Certificate;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A registry that everybody may read one base image from, at a host where no blob can be mounted from. */
final class AnonymousRegistry implements AutoCloseable {
    private final Manifest manifest;
    private final List<Blob> blobs;
    private final HttpServer server;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    private AnonymousRegistry(Manifest manifest, List<Blob> blobs, HttpServer server) {
        this.manifest = manifest;
        this.blobs = blobs;
        this.server = server;
    }

    /** Requests served and bytes of their answers. */
    record Count(long requests, long sent) {}

    /**
     * Starts one that serves https where there is a certificate, else http.
     *
     * @param certificate the server's
     */
    static AnonymousRegistry start(Manifest manifest, List<Blob> blobs, Optional<Certificate> certificate)
            throws IOException {
        HttpServer server = create(certificate);
        AnonymousRegistry registry = new AnonymousRegistry(manifest, blobs, server);
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

    int port() {
        return server.getAddress().getPort();
    }

    /** Returns the count since the last time. */
    Count take() {
        return new Count(requests.getAndSet(0), sent.getAndSet(0));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            Optional<Blob> found = path.contains("/manifests/")
                    ? Optional.of(Blob.of(manifest.mediaType(), manifest.bytes()))
                    : blobs.stream()
                            .filter(blob -> path.endsWith(
                                    "/blobs/" + blob.descriptor().digest()))
                            .findFirst();
            if (found.isPresent()) {
                send(exchange, found.get());
            } else {
                exchange.sendResponseHeaders(path.equals("/v2/") ? 200 : 404, -1);
            }
        }
    }

    private void send(HttpExchange exchange, Blob blob) throws IOException {
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
                sent.addAndGet(n);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
