package io.github.imagedelivery.ecr;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TLS server on loopback with a certificate for names that do not exist. */
public final class TrustedServer implements AutoCloseable {
    private final HttpsServer server;
    private final Certificate certificate;
    private final List<Headers> headers = new CopyOnWriteArrayList<>();

    /** Starts a server that answers everything with 404. */
    public TrustedServer(Path directory, String... names) throws Exception {
        this(directory, exchange -> exchange.sendResponseHeaders(404, -1), names);
    }

    /** Starts a server that has its certificate in the directory. */
    public TrustedServer(Path directory, HttpHandler answers, String... names) throws Exception {
        this.certificate = Certificate.make(directory, names);
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.createContext("/", exchange -> {
            try (exchange) {
                headers.add(exchange.getRequestHeaders());
                answers.handle(exchange);
            }
        });
        server.start();
    }

    /** Returns the port on loopback. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the headers of the requests that came. */
    public List<Headers> headers() {
        return headers;
    }

    /** Returns the flags of a JVM that trusts the server. */
    public List<String> trust() {
        return certificate.trust();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
