package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Predicate;

/**
 * Where a registry sends us: the target of a redirect, an upload session or a token service. Comes from outside and is
 * checked before anything is sent there.
 *
 * @param uri absolute, without fragment
 * @param trusted whether credentials may go there: the registry's own scheme, host and port, and no other
 */
record Location(URI uri, boolean trusted) {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_PORT = 65535;

    /** Returns the place of a path of the registry itself. */
    static Location at(Endpoint endpoint, String path) {
        return new Location(endpoint.at(path), true);
    }

    /**
     * Resolves the value of a {@code Location} header, absolute or relative, against this place. Once a chain has left
     * the registry, it does not regain its trust by coming back.
     *
     * @throws FormatException if the value is malformed, or leads where this registry must not send us. The message
     *     does not show the value, which may be signed.
     */
    Location resolve(String value, Endpoint endpoint) throws FormatException {
        return resolve(value, endpoint, endpoint::maySendTo);
    }

    /**
     * Does the same for where a download goes on; the registry itself, and nobody on the way, may send it into a VPC.
     */
    Location resolveDownload(String value, Endpoint endpoint) throws FormatException {
        return resolve(
                value, endpoint, target -> endpoint.maySendTo(target) || (trusted && endpoint.mayServeFrom(target)));
    }

    private Location resolve(String value, Endpoint endpoint, Predicate<URI> allowed) throws FormatException {
        URI target = parse(absolute(value));
        if (target.getHost() == null || target.getRawUserInfo() != null) {
            throw refused("it names no plain host");
        }
        if (target.getPort() > MAX_PORT) {
            throw refused("it names no port");
        }
        if (endpoint.isOriginOf(target)) {
            return new Location(target, trusted);
        }
        if (!Endpoint.isAllowed(target)) {
            throw refused("another host must be spoken to by https");
        }
        if (!allowed.test(target)) {
            throw refused("\"" + target.getHost() + "\" is a private or local address");
        }
        return new Location(target, false);
    }

    /** Returns this place with the parameter added to its query, which is otherwise kept as it is. */
    Location with(String parameter) {
        String sign = uri.getRawQuery() == null ? "?" : "&";
        return new Location(URI.create(uri + sign + parameter), trusted);
    }

    /** Done by hand: {@link URI#resolve} loses the last segment of the path when only a query is given. */
    private String absolute(String value) throws FormatException {
        if (value.isEmpty()) {
            throw refused("it is not there");
        }
        if (value.length() > MAX_LENGTH) {
            throw refused("it is longer than " + MAX_LENGTH + " characters");
        }
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw refused("it holds white space, control or non-ASCII characters");
        }
        int hash = value.indexOf('#');
        String wanted = hash < 0 ? value : value.substring(0, hash);
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        if (wanted.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            return wanted;
        } else if (wanted.startsWith("//")) {
            return uri.getScheme() + ":" + wanted;
        } else if (wanted.startsWith("/")) {
            return origin + wanted;
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return origin + (wanted.startsWith("?") ? path : path.substring(0, path.lastIndexOf('/') + 1)) + wanted;
    }

    private static URI parse(String text) throws FormatException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw refused("it is not a URI");
        }
    }

    private static FormatException refused(String why) {
        return new FormatException("refused to follow the Location: " + why);
    }
}
