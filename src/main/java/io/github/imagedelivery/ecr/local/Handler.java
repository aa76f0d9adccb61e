package io.github.imagedelivery.ecr.local;

import java.io.IOException;

/** Answers requests. */
@FunctionalInterface
interface Handler {
    /**
     * Answers the request.
     *
     * @throws IOException if the client went away ({@code EOFException}) or the storage failed
     */
    Reply answer(Call call) throws IOException;
}
