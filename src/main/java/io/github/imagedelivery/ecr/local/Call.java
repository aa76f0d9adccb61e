package io.github.imagedelivery.ecr.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.github.imagedelivery.ecr.oci.PiecewiseInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request, as the handlers see it. */
final class Call {
    /** A body that nobody reads is read to this length, so that the client sees the answer and not a reset. */
    private static final long DRAINED = 256L << 20;

    private final HttpExchange exchange;
    private final Map<String, String> query;
    private final CountedInput input;
    private InputStream body;
    private Optional<byte[]> buffered = Optional.empty();

    Call(HttpExchange exchange) {
        this.exchange = exchange;
        String rawQuery = exchange.getRequestURI().getRawQuery();
        this.query = rawQuery == null ? Map.of() : Form.decode(rawQuery);
        this.input = new CountedInput(exchange.getRequestBody(), declaredLength(exchange));
        this.body = input;
    }

    private static long declaredLength(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return length == null || !length.matches("[0-9]{1,18}") ? 0 : Long.parseLong(length);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    String path() {
        String path = exchange.getRequestURI().getPath();
        return path == null ? "" : path;
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Returns all fields of that name, joined by commas. */
    String headers(String name) {
        return String.join(",", exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }

    /** Returns the authority under which the client reached this server. */
    String host() {
        return header("Host").orElse("");
    }

    /** Returns scheme and authority under which the client reached this server. */
    String origin() {
        return (exchange instanceof HttpsExchange ? "https://" : "http://") + host();
    }

    /** Returns which connection the request came on: the client's port. */
    int connection() {
        return exchange.getRemoteAddress().getPort();
    }

    boolean hasBody() {
        return header("Transfer-Encoding").isPresent() || input.declared > 0;
    }

    /** Returns the body; a read fails by {@code EOFException} where the client ended it too early. */
    InputStream body() {
        return buffered.<InputStream>map(ByteArrayInputStream::new).orElse(body);
    }

    /** Lets the body come in pieces of so many bytes with a pause before each. */
    void slow(int bytes, Duration pause) {
        body = new Drip(body, bytes, pause);
    }

    /** Returns how many bytes of the body came so far. */
    long received() {
        return input.count;
    }

    /**
     * Returns the whole body, which can be read again afterwards.
     *
     * @throws Refusal if it is longer than the limit
     */
    byte[] bytes(int limit) throws IOException, Refusal {
        if (buffered.isEmpty()) {
            byte[] read = body.readNBytes(limit + 1);
            if (read.length > limit) {
                throw new Refusal(413, "RequestEntityTooLargeException", "the body is longer than " + limit + " bytes");
            }
            buffered = Optional.of(read);
        }
        return buffered.get();
    }

    String text(int limit) throws IOException, Refusal {
        return new String(bytes(limit), StandardCharsets.UTF_8);
    }

    /** Reads the body into memory and closes the connection; the request can still be applied. */
    void bufferAndHangUp() throws IOException {
        if (buffered.isEmpty()) {
            buffered = Optional.of(input.readAllBytes());
        }
        exchange.close();
    }

    /** Reads what is left of the body, within reason. */
    void drain() throws IOException {
        long limit = input.count + DRAINED;
        byte[] sink = new byte[1 << 14];
        int read = 0;
        while (read >= 0 && input.count < limit) {
            read = input.read(sink, 0, sink.length);
        }
    }

    /** Counts, and tells an end that came too early from a real one, which the JDK's server does not. */
    private static final class CountedInput extends PiecewiseInputStream {
        private final InputStream in;
        private final long declared;
        private long count;

        CountedInput(InputStream in, long declared) {
            this.in = in;
            this.declared = declared;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = receive(buffer, offset, length);
            if (read < 0 && count < declared) {
                throw new EOFException("the request body ended after " + count + " of " + declared + " bytes");
            }
            count += Math.max(read, 0);
            return read;
        }

        /** Tells a client that went away from a storage that fails, which is an {@code IOException} too. */
        private int receive(byte[] buffer, int offset, int length) throws EOFException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                EOFException gone = new EOFException("the client went away after " + count + " bytes");
                gone.initCause(e);
                throw gone;
            }
        }
    }
}
