package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer, or a part of one: an object whose members are asked for by name and kind. A member may be left out; one of
 * another kind is no answer of AWS.
 *
 * @param call the call that was answered
 */
record Answer(AwsCall call, Json json) {
    /** Returns a text; empty where there is none. */
    String text(String name) throws AwsException {
        return json.get(name).isMissing() ? "" : text(name, json.get(name));
    }

    /** Returns texts. */
    List<String> texts(String name) throws AwsException {
        List<String> texts = new ArrayList<>();
        for (Json item : items(name)) {
            texts.add(text(name, item));
        }
        return texts;
    }

    private String text(String name, Json value) throws AwsException {
        return value.text().orElseThrow(() -> strange(name, "a text"));
    }

    /** Returns a part; one without members where there is none. */
    Answer part(String name) throws AwsException {
        return json.get(name).isMissing() ? new Answer(call, Json.object()) : part(name, json.get(name));
    }

    /** Returns parts. */
    List<Answer> parts(String name) throws AwsException {
        List<Answer> parts = new ArrayList<>();
        for (Json item : items(name)) {
            parts.add(part(name, item));
        }
        return parts;
    }

    private Answer part(String name, Json value) throws AwsException {
        if (value instanceof Json.Members) {
            return new Answer(call, value);
        }
        throw strange(name, "an object");
    }

    private List<Json> items(String name) throws AwsException {
        Json value = json.get(name);
        if (value.isMissing() || value instanceof Json.Items) {
            return value.items();
        }
        throw strange(name, "a list");
    }

    /** Returns a time, which is given in seconds since 1970. */
    Optional<Instant> time(String name) throws AwsException {
        Json value = json.get(name);
        if (value.isMissing()) {
            return Optional.empty();
        }
        try {
            double seconds = Double.parseDouble(value instanceof Json.Literal number ? number.value() : "");
            return Optional.of(Instant.ofEpochMilli(Math.round(seconds * 1000)));
        } catch (NumberFormatException e) {
            throw strange(name, "a time");
        }
    }

    private AwsException strange(String name, String kind) {
        return call.strange("the answer's " + name + " is not " + kind);
    }

    /** Names the call; never what was answered, which may hold a secret. */
    @Override
    public String toString() {
        return "answer to " + call.operation();
    }
}
