package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.FieldChange.Value;
import io.github.imagedelivery.ecr.image.LayerNames;
import io.github.imagedelivery.ecr.image.SecretFinding;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Finds the members in which the configs of two images differ (image-spec, config.md). */
final class ConfigComparison {
    /** What old versions of Docker say of the container in which the last layer was made, its variables among it. */
    private static final String OF_THE_BUILD = "container_config";

    private ConfigComparison() {}

    /** Returns the members that differ; no value is shown of a variable, or of what looks like a secret. */
    static List<FieldChange> between(Json before, Json now) {
        return FieldChange.between(members(before), members(now));
    }

    /**
     * Returns the same, and the first entry of the history that differs, apart from what the other members say as well.
     * Histories of unequal lengths go with layers of another number.
     */
    static List<FieldChange> withHistory(Json before, Json now) {
        List<FieldChange> changes = new ArrayList<>(between(before, now));
        List<Json> old = history(before);
        List<Json> built = history(now);
        if (old.size() == built.size()) {
            IntStream.range(0, old.size())
                    .filter(i -> !old.get(i).equals(built.get(i)))
                    .limit(1)
                    .forEach(i -> changes.addAll(FieldChange.between(
                            Map.of("history", step(old.get(i))), Map.of("history", step(built.get(i))))));
        }
        return changes;
    }

    /** Other tools write the variables of an image, and the arguments of its build, into the step that brings them in. */
    private static Value step(Json entry) {
        return new Value(
                entry.toString(), entry.get("created_by").text().orElse("").contains("="));
    }

    private static List<Json> history(Json config) {
        Json created = config.get("created");
        return config.get("history").items().stream()
                .map(entry -> LayerNames.isOurs(entry) ? entry.without("created_by") : entry)
                .map(entry -> entry.get("created").equals(created) ? entry.without("created") : entry)
                .toList();
    }

    /** Returns the members by a name that a reader finds again, without what only repeats the layers. */
    private static Map<String, Value> members(Json config) {
        Map<String, Value> members = new TreeMap<>();
        config.without("rootfs")
                .without("history")
                .without("config")
                .members()
                .forEach((name, value) -> members.put(name, new Value(value.toString(), name.equals(OF_THE_BUILD))));
        Json container = config.get("config");
        container
                .without("Labels")
                .without("Env")
                .members()
                .forEach((name, value) -> members.put(name, maybeSecret(name, value)));
        container
                .get("Labels")
                .members()
                .forEach((name, value) -> members.put("label " + name, maybeSecret(name, value)));
        for (Json variable : container.get("Env").items()) {
            String text = variable.text().orElse("");
            members.put("env " + text.replaceFirst("=(?s:.*)", ""), new Value(text, true));
        }
        LayerNames.writer(config).ifPresent(writer -> members.put("layers written by", new Value(writer, false)));
        members.values().removeIf(value -> value.text().equals("null"));
        return members;
    }

    private static Value maybeSecret(String name, Json value) {
        return new Value(value.toString(), SecretFinding.isSecret(name, value));
    }
}
