package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Reference;
import java.net.URI;

/** Where a registry that a reference names is spoken to. */
final class Endpoints {
    private Endpoints() {}

    /** Returns the endpoint of a registry host: https, but plain http on loopback. */
    static URI of(String host) {
        if (host.equals("docker.io")) {
            return URI.create("https://registry-1.docker.io");
        }
        return URI.create((Reference.isLoopback(host) ? "http://" : "https://") + host);
    }
}
