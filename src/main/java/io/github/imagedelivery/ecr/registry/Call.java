package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Texts;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * One request to make. The credentials are not part of it: whoever sends it decides whether the address may see them.
 *
 * @param method the HTTP method
 * @param uri where it goes; never shown, since its query may be signed
 * @param path the path as it is logged, counted and shown in messages
 * @param headers further headers
 * @param body what to send; empty for none
 */
record Call(String method, URI uri, String path, Map<String, String> headers, Optional<SentBody> body) {
    /** Returns a request without headers and body for a path of the registry, with an optional {@code ?query}. */
    static Call of(String method, Endpoint endpoint, String path, String query) {
        return new Call(method, endpoint.at(path + query), path, Map.of(), Optional.empty());
    }

    /** Returns the same request at another address; the path that is shown stays. */
    Call at(URI other) {
        return new Call(method, other, path, headers, body);
    }

    /** Returns the same request with one header only. */
    Call with(String header, String value) {
        return new Call(method, uri, path, Map.of(header, value), body);
    }

    /** Returns host and port. */
    String host() {
        return uri.getRawAuthority();
    }

    /** Returns the method and path. */
    String request() {
        return method + " " + path;
    }

    /** Returns method, host and path. */
    @Override
    public String toString() {
        return method + " " + host() + Texts.shown(path);
    }
}
