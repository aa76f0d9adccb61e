package io.github.imagedelivery.ecr.registry;

import java.io.IOException;

/** Thrown when a proxy leads no further; the next try would meet the same. */
final class ProxyException extends IOException {
    private static final int LOGIN_WANTED = 407;

    ProxyException(int status) {
        super(status == LOGIN_WANTED ? "the proxy wants a login: 407" : "the proxy refused: " + status);
    }
}
