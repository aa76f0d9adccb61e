package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.aws.EcrClients.Patience;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Carries requests to AWS and their answers back, each over a connection of the JDK's, which keeps some open. */
final class Wire {
    /** Bytes of an answer that are read: two manifests of the longest kind, quoted, have room in it; longer ones are refused. */
    private static final int MAX_ANSWER = 12 * 1024 * 1024;

    /** Bytes of a refusal that are read. */
    private static final int MAX_ERROR = 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Proxies proxies;
    private final Patience patience;

    Wire(Proxies proxies, Patience patience) {
        this.proxies = proxies;
        this.patience = patience;
    }

    /** Returns the most bytes of an answer that one may have; one more is read. */
    static int longest(int status) {
        return Reply.isSuccess(status) ? MAX_ANSWER : MAX_ERROR;
    }

    /** Waits between two tries. */
    void pause(long millis) throws InterruptedException {
        patience.pause().millis(millis);
    }

    /**
     * Posts the body, once.
     *
     * @param request the address, and the headers as they were signed
     * @param left how long all of it may take
     * @throws IOException if no whole answer came
     */
    Reply post(SdkHttpRequest request, byte[] body, Duration left) throws IOException {
        HttpURLConnection connection = proxies.open(request.getUri());
        // A limit of the silence between two bytes is none of the whole: somebody must hang up.
        CompletableFuture<Void> end = new CompletableFuture<Void>().orTimeout(left.toNanos(), TimeUnit.NANOSECONDS);
        var unused = end.whenComplete((nothing, failure) -> {
            if (failure instanceof TimeoutException) {
                hangUp(connection);
            }
        });
        try {
            return exchange(connection, request, body);
        } catch (IOException | RuntimeException e) {
            // Where the connection goes from under the reader, the JDK may also tell of a null pointer.
            if (end.isCompletedExceptionally()) {
                throw new SocketTimeoutException("no whole answer in the time of a call");
            }
            throw e;
        } finally {
            end.cancel(false);
        }
    }

    /** It may wait for whoever reads; the thread that has noticed serves others too. */
    private static void hangUp(HttpURLConnection connection) {
        Thread thread = new Thread(connection::disconnect, "ecr-hang-up");
        thread.setDaemon(true);
        thread.start();
    }

    private Reply exchange(HttpURLConnection connection, SdkHttpRequest request, byte[] body) throws IOException {
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) patience.read().toMillis());
        connection.setRequestMethod("POST");
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        // Without it the JDK would send a request a second time where a connection that was kept open has ended.
        connection.setFixedLengthStreamingMode(body.length);
        request.forEachHeader((name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("the answer is not HTTP");
        }
        return new Reply(
                status,
                header(connection, "x-amzn-ErrorType"),
                header(connection, "Date"),
                body(status < 400 ? connection.getInputStream() : connection.getErrorStream(), longest(status)));
    }

    private static String header(HttpURLConnection connection, String name) {
        return Optional.ofNullable(connection.getHeaderField(name)).orElse("");
    }

    private static byte[] body(@Nullable InputStream answer, int longest) throws IOException {
        if (answer == null) {
            return new byte[0];
        }
        try (answer) {
            return answer.readNBytes(longest + 1);
        }
    }
}
