package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a service may be asked: over https anywhere, over plain http on this machine only. */
final class Endpoint {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    private Endpoint() {}

    /** Reads an absolute URL; the message names the setting and not the URL, which may hold a password. */
    static URI parse(String setting, String text) throws FormatException {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new FormatException(setting + " is not a URL");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw new FormatException(setting + " must be scheme://host[:port], without user and query");
        }
        if (!isSafe(uri)) {
            throw new FormatException(setting + " must begin with https://; plain http is for this machine only"
                    + " (localhost, 127.0.0.1), because the login travels with it");
        }
        return uri;
    }

    /** Tells whether the login may be sent there. */
    static boolean isSafe(URI uri) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        return scheme.equals("https") || (scheme.equals("http") && isLoopback(uri));
    }

    /** Tells whether the host is this machine, by its name or address. */
    static boolean isLoopback(URI uri) {
        String host = Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(host).matches();
    }
}
