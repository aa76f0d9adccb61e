package io.github.imagedelivery.ecr.oci;

/**
 * One request and its answer, as it is counted and logged. Holds no header, query or body, hence no secret.
 *
 * @param host host and port that were asked
 * @param request method and path of the distribution API ({@code HEAD /v2/orders/blobs/sha256:...}) or the operation of
 *     a control plane ({@code ecr:BatchGetImage})
 * @param status HTTP status of the answer; 0 when none came
 * @param sent bytes of the request body
 * @param received bytes of the answer's body that were read
 */
public record Exchange(String host, String request, int status, long sent, long received) {
    /** Is told of each request when it is over; called from several threads. */
    @FunctionalInterface
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = exchange -> {};

        /** Takes note of a finished request. */
        void completed(Exchange exchange);
    }
}
