package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.PiecewiseInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;

/**
 * The body of one answer as a stream, a few buffers at a time. The JDK's own stream of a body waits without limit and
 * swallows interrupts (JDK 17).
 */
final class ReceivedBody extends PiecewiseInputStream implements BodySubscriber<ReceivedBody> {
    private static final int BUFFERS_AHEAD = 2;
    /** Stands in the queue behind the last buffers. */
    private static final List<ByteBuffer> END = List.of();

    private final Patience patience;
    private final LongConsumer whenOver;
    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile Optional<Subscription> subscription = Optional.empty();
    private volatile boolean closed;
    private List<ByteBuffer> batch = List.of();
    private int next;
    private boolean ended;
    private long count;

    /**
     * Creates the subscriber.
     *
     * @param whenOver is told, perhaps more than once, how many bytes were read when the body is at its end or closed
     */
    ReceivedBody(Patience patience, LongConsumer whenOver) {
        this.patience = patience;
        this.whenOver = whenOver;
        patience.moved();
    }

    @Override
    public CompletionStage<ReceivedBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = Optional.of(given);
        if (closed) {
            given.cancel();
        } else {
            given.request(BUFFERS_AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        patience.moved();
        arrived.add(buffers.isEmpty() ? List.of(ByteBuffer.allocate(0)) : buffers);
    }

    @Override
    public void onError(Throwable cause) {
        failure = Optional.of(cause);
        arrived.add(END);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = current();
        if (!buffer.hasRemaining()) {
            whenOver.accept(count);
            if (failure.isPresent()) {
                throw new TransferException(failure.get());
            }
            return -1;
        }
        int read = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, read);
        count += read;
        return read;
    }

    /** Returns a buffer with something in it; an empty one at the end. */
    private ByteBuffer current() throws IOException {
        while (!ended) {
            if (closed) {
                throw new TransferException("the body was closed");
            }
            for (; next < batch.size(); next++) {
                if (batch.get(next).hasRemaining()) {
                    return batch.get(next);
                }
            }
            if (!batch.isEmpty()) {
                subscription.ifPresent(s -> s.request(1));
            }
            batch = arrival();
            next = 0;
            ended = batch.isEmpty() && !closed;
        }
        return ByteBuffer.allocate(0);
    }

    private List<ByteBuffer> arrival() throws IOException {
        try {
            return patience.next(arrived);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (TransferException e) {
            close();
            throw e;
        }
    }

    /** Gives the connection up unless the body was read to its end; may be called by another thread than the reader. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            subscription.ifPresent(Subscription::cancel);
            arrived.add(END);
            whenOver.accept(count);
        }
    }
}
