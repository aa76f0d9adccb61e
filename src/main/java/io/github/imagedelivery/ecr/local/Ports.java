package io.github.imagedelivery.ecr.local;

import java.io.IOException;

/** The two addresses of an embedded ECR: the front, which is told to users, and the blob store's. */
final class Ports implements AutoCloseable {
    private final LoopbackServer front = LoopbackServer.bind();
    private final LoopbackServer store = LoopbackServer.bind();
    private final Gate gate;

    /**
     * Takes the ports; no request is served yet.
     *
     * @param port the front's; 0 for any that is free
     */
    Ports(int port) throws IOException {
        try {
            gate = Gate.open(port, front.address());
        } catch (IOException e) {
            front.close();
            store.close();
            throw e;
        }
    }

    /** Returns scheme, address and port of the front. */
    String front() {
        return "http://127.0.0.1:" + gate.port();
    }

    /** Returns scheme, address and port of the blob store. */
    String store() {
        return "http://127.0.0.1:" + store.address().getPort();
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
