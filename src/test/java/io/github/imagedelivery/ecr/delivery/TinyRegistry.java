package io.github.imagedelivery.ecr.delivery;

import com.sun.net.httpserver.HttpServer;
import io.github.imagedelivery.ecr.oci.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry without a login that serves exactly what a test puts there, be it wrong. */
final class TinyRegistry implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Blob> contents = new ConcurrentHashMap<>();
    private final HttpServer server;

    TinyRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                requests.add(exchange.getRequestMethod() + " " + path);
                Blob content = contents.get(path);
                if (content == null) {
                    exchange.sendResponseHeaders(404, -1);
                } else {
                    exchange.getResponseHeaders()
                            .set("Content-Type", content.descriptor().mediaType());
                    exchange.sendResponseHeaders(200, content.descriptor().size());
                    try (InputStream in = content.open()) {
                        in.transferTo(exchange.getResponseBody());
                    }
                }
            }
        });
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Serves the content at a path below the repository {@code base}. */
    void serve(String path, String type, byte[] bytes) {
        contents.put("/v2/base/" + path, Blob.of(type, bytes));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
