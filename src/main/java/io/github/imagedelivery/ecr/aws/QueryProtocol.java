package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;

/**
 * The protocol "AWS query": a form is sent, with texts as its fields, and XML comes back.
 *
 * @param version of the service's API
 */
record QueryProtocol(String version) implements Protocol {
    @Override
    public Map<String, String> headers(String operation) {
        return Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    }

    @Override
    public byte[] body(String operation, Json parameters) {
        StringBuilder form = new StringBuilder("Action=" + operation + "&Version=" + version);
        parameters
                .members()
                .forEach((name, value) -> form.append('&')
                        .append(name)
                        .append('=')
                        .append(encoded(value.text().orElseThrow())));
        return form.toString().getBytes(UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public Json answer(String operation, byte[] body) throws FormatException {
        Json answer = XmlReader.read(body).get(operation + "Response").get(operation + "Result");
        if (!(answer instanceof Json.Members)) {
            throw new FormatException("it has no " + operation + "Result");
        }
        return answer;
    }

    @Override
    public Refusal refusal(Reply reply) {
        try {
            Json error = XmlReader.read(reply.body()).get("ErrorResponse").get("Error");
            Optional<String> code = error.get("Code").text().map(String::strip);
            return new Refusal(
                    code.filter(name -> !name.isEmpty()), error.get("Message").text());
        } catch (FormatException e) {
            return Refusal.NAMELESS;
        }
    }
}
