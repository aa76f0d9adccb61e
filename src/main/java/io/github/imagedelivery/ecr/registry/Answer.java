package io.github.imagedelivery.ecr.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** The answer to one request. Holds its connection until the body is read to the end or the answer is closed. */
final class Answer implements AutoCloseable {
    /** What is read of an unwanted body at most, to keep its connection, in bytes. */
    private static final int WORTH_READING = 64 * 1024;

    private final HttpResponse<ReceivedBody> response;
    private Optional<ErrorBody> error = Optional.empty();

    Answer(HttpResponse<ReceivedBody> response) {
        this.response = response;
    }

    int status() {
        return response.statusCode();
    }

    /** Returns the first value of the header; empty where it is not there. */
    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Returns the whole value of a header that may be given several times. */
    String headers(String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    /** Returns the length that the body is announced to have, in bytes. */
    OptionalLong length() {
        String length = header("Content-Length");
        return length.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(length)) : OptionalLong.empty();
    }

    /** Returns the body; closing it closes the answer. */
    InputStream body() {
        return response.body();
    }

    /** Returns the body to its end; empty if it is longer than the limit in bytes. */
    Optional<byte[]> bytes(int limit) throws IOException {
        try (InputStream body = body()) {
            byte[] bytes = body.readNBytes(limit + 1);
            return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
        }
    }

    /** Returns what the body says about a refusal, as far as it can be read; reads it once. */
    ErrorBody error() {
        if (error.isEmpty()) {
            error = Optional.of(readError());
        }
        return error.get();
    }

    private ErrorBody readError() {
        try {
            return bytes(ErrorBody.MAX_BYTES).map(ErrorBody::read).orElse(ErrorBody.NONE);
        } catch (IOException e) {
            // The status is known, and that is what counts.
            return ErrorBody.NONE;
        }
    }

    /** Closes the answer without reading its body, which costs its connection. */
    void abandon() {
        response.body().close();
    }

    /** Reads the rest of a short body, so that the connection can be used again, and closes the answer. */
    @Override
    public void close() {
        try (InputStream body = body()) {
            body.readNBytes(WORTH_READING);
        } catch (IOException e) {
            // Nobody wanted the body.
        }
    }
}
