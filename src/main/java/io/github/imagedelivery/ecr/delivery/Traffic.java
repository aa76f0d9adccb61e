package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Exchange;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests and body bytes of one delivery. Safe for use by several threads. */
final class Traffic implements Exchange.Listener {
    private final Exchange.Listener next;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    /**
     * Starts at zero.
     *
     * @param next is told of each request too
     */
    Traffic(Exchange.Listener next) {
        this.next = next;
    }

    /** Goes on where another run has stopped. */
    Traffic(Exchange.Listener next, long requests, long sent, long received) {
        this(next);
        this.requests.set(requests);
        this.sent.set(sent);
        this.received.set(received);
    }

    @Override
    public void completed(Exchange exchange) {
        requests.incrementAndGet();
        sent.addAndGet(exchange.sent());
        received.addAndGet(exchange.received());
        next.completed(exchange);
    }

    /** Returns the number of requests. */
    long requests() {
        return requests.get();
    }

    /** Returns the bytes of request bodies. */
    long sent() {
        return sent.get();
    }

    /** Returns the bytes of answers' bodies. */
    long received() {
        return received.get();
    }
}
