package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.Map;
import java.util.Optional;

/** How a service puts an operation into a POST, and what it makes of it into an answer. */
interface Protocol {
    /**
     * What a refusal says of itself.
     *
     * @param code the name of the error; empty where whoever refuses gives none, and so is not the service
     * @param words what the service says about it
     */
    record Refusal(Optional<String> code, Optional<String> words) {
        static final Refusal NAMELESS = new Refusal(Optional.empty(), Optional.empty());
    }

    /** Returns the headers that go with the operation. */
    Map<String, String> headers(String operation);

    /** Returns the body. */
    byte[] body(String operation, Json parameters);

    /** Reads the answer to the operation, an object. */
    Json answer(String operation, byte[] body) throws FormatException;

    /** Reads a refusal, as far as it is one of the service. */
    Refusal refusal(Reply reply);
}
