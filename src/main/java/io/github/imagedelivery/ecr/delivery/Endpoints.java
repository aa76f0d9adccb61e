package io.github.imagedelivery.ecr.delivery;

import java.net.URI;
import java.util.regex.Pattern;

/** Where a registry that a reference names is spoken to. */
final class Endpoints {
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127\\.[0-9]+\\.[0-9]+\\.[0-9]+|\\[::1\\])(?::[0-9]+)?");

    private Endpoints() {}

    /** Returns the endpoint of a registry host: https, but plain http on loopback. */
    static URI of(String host) {
        if (host.equals("docker.io")) {
            return URI.create("https://registry-1.docker.io");
        }
        return URI.create((LOOPBACK.matcher(host).matches() ? "http://" : "https://") + host);
    }
}
