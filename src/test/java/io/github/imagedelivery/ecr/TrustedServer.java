package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A TLS server on loopback with a certificate for names that do not exist. */
public final class TrustedServer implements AutoCloseable {
    private static final char[] PASSWORD = "password".toCharArray();

    private final HttpsServer server;
    private final Path store;
    private final List<Headers> headers = new CopyOnWriteArrayList<>();

    /** Starts a server that answers everything with 404. */
    public TrustedServer(Path directory, String... names) throws Exception {
        this(directory, exchange -> exchange.sendResponseHeaders(404, -1), names);
    }

    /** Starts a server that has its certificate in the directory. */
    public TrustedServer(Path directory, HttpHandler answers, String... names) throws Exception {
        this.store = directory.resolve("store.p12");
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(names)));
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
        return List.of(
                "-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD));
    }

    private SSLContext context(String... names) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=DNS:" + String.join(",DNS:", names),
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "server")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
