package io.github.imagedelivery.ecr.local;

import java.util.regex.Pattern;

/**
 * A request that was served. Holds no header, query or body, hence no secret.
 *
 * @param kind {@code ecr:BatchGetImage}, {@code sts:GetCallerIdentity}, or method and path with the ids of upload
 *     sessions written as {@code <session>}; fetches from the blob store begin with {@code store:}
 * @param about the image that the request names first: {@code orders:1.4.0}, {@code orders@sha256:...}, the repository
 *     alone, or the empty string
 * @param status HTTP status; 0 where the connection was closed instead
 * @param received bytes of the request body that were read
 * @param sent bytes of the answer's body
 * @param connection which connection the request came on; equal for requests on the same one
 */
public record RecordedRequest(String kind, String about, int status, long received, long sent, int connection) {
    private static final Pattern DIGEST = Pattern.compile("(sha256:[0-9a-f]{6})[0-9a-f]{58}");

    /** Returns the kind with digests cut to their first six digits, for a reader. */
    public String shortKind() {
        return DIGEST.matcher(kind).replaceAll("$1");
    }
}
