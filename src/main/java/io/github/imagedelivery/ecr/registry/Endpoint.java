package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Scheme, host and port of a registry: what its credentials are for.
 *
 * @param uri without path, query and user
 * @param resolver finds addresses
 */
record Endpoint(URI uri, Reach.Resolver resolver) {
    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[(?:::1|0:0:0:0:0:0:0:1)]");

    /** Checks the endpoint: {@code https}, or {@code http} to a loopback address, and nothing behind the port. */
    static Endpoint of(URI uri, Reach.Resolver resolver) throws FormatException {
        boolean bare = uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath() == null
                        || uri.getRawPath().isEmpty()
                        || uri.getRawPath().equals("/"));
        if (!bare || uri.getHost() == null || !isAllowed(uri)) {
            String host = uri.getHost() == null ? "" : uri.getHost();
            throw new FormatException("\"" + Texts.shown(uri.getScheme() + "://" + host)
                    + "\" is not the endpoint of a registry: https://host[:port] expected,"
                    + " or http:// to a loopback address");
        }
        return new Endpoint(URI.create(uri.getScheme() + "://" + uri.getRawAuthority()), resolver);
    }

    /** Tells whether the scheme is {@code https}, or {@code http} to a loopback address written as such. */
    static boolean isAllowed(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                || ("http".equalsIgnoreCase(uri.getScheme())
                        && LOOPBACK_HOST.matcher(lower(uri.getHost())).matches());
    }

    /** Returns the address of a path of this registry. */
    URI at(String path) {
        return URI.create(uri + path);
    }

    /** Tells whether the address has this scheme, host and port. */
    boolean isOriginOf(URI other) {
        return lower(uri.getScheme()).equals(lower(other.getScheme()))
                && lower(uri.getHost()).equals(lower(other.getHost()))
                && port(uri) == port(other);
    }

    /** Tells whether this registry may send us to the host of the address. */
    boolean maySendTo(URI other) {
        return Reach.of(uri.getHost(), resolver).maySendTo(Reach.of(other.getHost(), resolver));
    }

    /**
     * Tells whether this registry may, by itself, send a download to the host of the address. ECR keeps its layers in
     * S3, and a VPC with an interface endpoint for S3 gives the public names of S3 private addresses.
     */
    boolean mayServeFrom(URI other) {
        return AmazonHosts.isEcr(uri.getHost())
                && AmazonHosts.isService(other.getHost())
                && Reach.of(other.getHost(), resolver) == Reach.PRIVATE;
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
