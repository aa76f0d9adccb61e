package io.github.imagedelivery.ecr.registry;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;

/**
 * Thrown when a transfer broke off before its end. The content is not known to be wrong, so the transfer may be made
 * again; a content that is wrong is reported by a plain {@code IOException}.
 */
final class TransferException extends IOException {
    TransferException(String message) {
        super(message);
    }

    TransferException(Throwable cause) {
        super(said(cause), cause);
    }

    /** Returns what an exception of the network says; the platform leaves the message of some empty. */
    static String said(Throwable cause) {
        String message = cause.getMessage();
        if (message != null && !message.isEmpty()) {
            return message;
        }
        boolean unknownHost = cause.getCause() instanceof UnresolvedAddressException;
        return unknownHost
                ? "the name of the host is not known"
                : cause.getClass().getSimpleName();
    }
}
