package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A field of a config, manifest or index that is not the same in two images.
 *
 * @param name what a reader finds it by, safe to show
 * @param before its value, safe to show; empty where there is none
 * @param now its value in the other image, likewise
 */
record FieldChange(String name, Optional<String> before, Optional<String> now) {
    private static final int LONGEST_SHOWN = 80;
    private static final String HIDDEN = "***";

    /**
     * A value that is compared.
     *
     * @param text the value
     * @param isSecret whether it may hold a secret, and is not shown
     */
    record Value(String text, boolean isSecret) {
        static Value of(Json json) {
            return new Value(json.toString(), false);
        }

        private String shown() {
            return isSecret ? HIDDEN : Texts.shown(text, LONGEST_SHOWN);
        }
    }

    /** Returns the fields whose values are not the same, by name. */
    static List<FieldChange> between(Map<String, Value> before, Map<String, Value> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<FieldChange> changes = new ArrayList<>();
        for (String name : names) {
            Value was = before.get(name);
            Value is = now.get(name);
            if (!Objects.equals(was, is)) {
                changes.add(new FieldChange(Texts.shown(name), shown(was), shown(is)));
            }
        }
        return changes;
    }

    private static Optional<String> shown(@Nullable Value value) {
        return Optional.ofNullable(value).map(Value::shown);
    }

    /** Returns one line for a reader. */
    String shown() {
        return name + ": " + before.orElse("none") + " -> " + now.orElse("none");
    }

    /** Returns the change for a program; a value that is not there has no member. */
    Json toJson() {
        Json json = Json.object().with("name", Json.of(name));
        json = before.isPresent() ? json.with("from", Json.of(before.get())) : json;
        return now.isPresent() ? json.with("to", Json.of(now.get())) : json;
    }
}
