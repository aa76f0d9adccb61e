package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer, not yet sent.
 *
 * @param status HTTP status; 0 closes the connection without any answer
 * @param headers header fields, without the length
 * @param length bytes of the body
 * @param body the body
 * @param cut after how many bytes of the body the connection is closed; {@link Long#MAX_VALUE} for never
 */
record Reply(int status, Map<String, String> headers, long length, Body body, long cut) {
    /** Closes the connection without any answer. */
    static final Reply HUNG_UP = of(0);

    /** Copies the headers. */
    Reply {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The bytes of an answer, opened only when they are sent. */
    @FunctionalInterface
    interface Body {
        InputStream open() throws IOException;
    }

    static Reply of(int status) {
        return new Reply(status, Map.of(), 0, InputStream::nullInputStream, Long.MAX_VALUE);
    }

    static Reply of(int status, String contentType, byte[] body) {
        return of(status).with("Content-Type", contentType).with(body.length, () -> new ByteArrayInputStream(body));
    }

    static Reply text(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(int status, String contentType, Json body) {
        return of(status, contentType, body.bytes());
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, length, body, cut);
    }

    Reply with(long bodyLength, Body content) {
        return new Reply(status, headers, bodyLength, content, cut);
    }

    Reply cutAfter(long bytes) {
        return new Reply(status, headers, length, body, bytes);
    }
}
