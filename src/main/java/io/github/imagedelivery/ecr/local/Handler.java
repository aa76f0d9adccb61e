package io.github.imagedelivery.ecr.local;

import java.io.IOException;

/** Answers requests. */
@FunctionalInterface
interface Handler {
    /**
     * Answers the request.
     *
     * @throws IOException if the client went away or the storage failed; the connection is closed then
     */
    Reply answer(Call call) throws IOException;
}
