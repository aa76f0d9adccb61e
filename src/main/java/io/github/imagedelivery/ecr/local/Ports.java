package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The two addresses of an embedded ECR: the front, which is told to users, and the blob store's. */
final class Ports implements AutoCloseable {
    private final LoopbackServer front;
    private final LoopbackServer store;
    private final Gate gate;
    private final String origin;

    /**
     * Takes the ports; no request is served yet.
     *
     * @param port the front's; 0 for any that is free
     * @param tls what to serve https with; http where empty
     */
    Ports(int port, Optional<SSLContext> tls) throws IOException {
        origin = tls.isPresent() ? "https://localhost:" : "http://127.0.0.1:";
        front = LoopbackServer.bind(tls);
        store = LoopbackServer.bind(tls);
        try {
            gate = Gate.open(port, front.address(), tls.isPresent());
        } catch (IOException e) {
            front.close();
            store.close();
            throw e;
        }
    }

    /** Returns scheme, address and port of the front. */
    String front() {
        return origin + gate.port();
    }

    /** Returns scheme, address and port of the blob store. */
    String store() {
        return origin + store.address().getPort();
    }

    /** Serves from now on. */
    void serve(Door frontDoor, Door storeDoor) throws IOException {
        store.serve(storeDoor);
        front.serve(frontDoor);
    }

    /** Closes the ports and all connections. */
    @Override
    public void close() throws IOException {
        try {
            gate.close();
        } finally {
            front.close();
            store.close();
        }
    }
}
