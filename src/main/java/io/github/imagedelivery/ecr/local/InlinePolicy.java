package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The policy that a session was limited by when it began: statements that allow, with {@code *} for any characters.
 *
 * @param statements one that fits is enough
 */
record InlinePolicy(List<Statement> statements) {
    private static final int LONGEST = 2048;

    /** Copies the statements. */
    InlinePolicy {
        statements = List.copyOf(statements);
    }

    /** What may be done with what. */
    record Statement(List<String> actions, List<String> resources) {
        boolean allows(String action, String resource) {
            return actions.stream().anyMatch(pattern -> matches(pattern, action))
                    && resources.stream().anyMatch(pattern -> matches(pattern, resource));
        }

        private static boolean matches(String pattern, String text) {
            return text.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
        }
    }

    /** Reads a policy. */
    static InlinePolicy parse(String text) throws Refusal {
        if (text.length() > LONGEST) {
            throw new Refusal(
                    400,
                    "ValidationError",
                    "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have"
                            + " length less than or equal to " + LONGEST);
        }
        try {
            List<Statement> statements = new ArrayList<>();
            for (Json statement : Json.parse(text).get("Statement").items()) {
                if (!statement.get("Effect").text().orElse("").equals("Allow")) {
                    throw malformed();
                }
                statements.add(new Statement(texts(statement.get("Action")), texts(statement.get("Resource"))));
            }
            return new InlinePolicy(statements);
        } catch (FormatException e) {
            throw malformed();
        }
    }

    private static List<String> texts(Json value) throws Refusal {
        List<String> texts = Stream.concat(
                        value.text().stream(), value.items().stream().flatMap(item -> item.text().stream()))
                .toList();
        if (texts.isEmpty()) {
            throw malformed();
        }
        return texts;
    }

    private static Refusal malformed() {
        return new Refusal(400, "MalformedPolicyDocument", "Syntax errors in policy.");
    }

    boolean allows(String action, String resource) {
        return statements.stream().anyMatch(statement -> statement.allows(action, resource));
    }
}
