package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.Map;
import java.util.Optional;

/**
 * The protocol "AWS JSON 1.1": the operation in a header, JSON in both bodies.
 *
 * @param target what the service's operations are called behind
 */
record JsonProtocol(String target) implements Protocol {
    @Override
    public Map<String, String> headers(String operation) {
        return Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", target + "." + operation);
    }

    @Override
    public byte[] body(String operation, Json parameters) {
        return parameters.bytes();
    }

    @Override
    public Json answer(String operation, byte[] body) throws FormatException {
        Json answer = Json.parse(body);
        if (!(answer instanceof Json.Members)) {
            throw new FormatException("it is no JSON object");
        }
        if (holdsNullItem(answer)) {
            throw new FormatException("it has a null among the items of a list");
        }
        return answer;
    }

    private static boolean holdsNullItem(Json value) {
        return value.items().stream().anyMatch(item -> item instanceof Json.Null || holdsNullItem(item))
                || value.members().values().stream().anyMatch(JsonProtocol::holdsNullItem);
    }

    @Override
    public Refusal refusal(Reply reply) {
        Optional<String> type = Optional.of(reply.errorType())
                .filter(header -> !header.isEmpty())
                .map(JsonProtocol::name);
        try {
            Json body = Json.parse(reply.body());
            Optional<String> code = type.or(() -> body.get("__type").text().map(JsonProtocol::name));
            return new Refusal(
                    code.filter(name -> !name.isEmpty()),
                    body.get("message").text().or(() -> body.get("Message").text()));
        } catch (FormatException e) {
            return new Refusal(type.filter(name -> !name.isEmpty()), Optional.empty());
        }
    }

    /** Returns the name without the name space before it and the address behind it. */
    private static String name(String type) {
        String withSpace = type.split(":", 2)[0];
        return withSpace.substring(withSpace.indexOf('#') + 1).strip();
    }
}
