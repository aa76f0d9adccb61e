package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.LayerNames;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the members in which the configs of two images differ (image-spec, config.md). */
final class ConfigComparison {
    private static final int LONGEST_SHOWN = 80;

    private ConfigComparison() {}

    /** Returns one line for each member, with its old and its new value; of variables the name alone. */
    static List<String> between(Json before, Json now) {
        Map<String, String> old = members(before);
        Map<String, String> built = members(now);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(built.keySet());
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            String was = old.get(name);
            String is = built.get(name);
            if (!Objects.equals(was, is)) {
                boolean isSecret = name.startsWith("env ");
                lines.add(Texts.shown(name) + (isSecret ? "" : ": " + shown(was) + " -> " + shown(is)));
            }
        }
        return lines;
    }

    private static String shown(@Nullable String value) {
        return value == null ? "none" : Texts.shown(value, LONGEST_SHOWN);
    }

    /** Returns the members by a name that a reader finds again, without what only repeats the layers. */
    private static Map<String, String> members(Json config) {
        Map<String, String> members = new TreeMap<>();
        config.without("rootfs")
                .without("history")
                .without("config")
                .members()
                .forEach((name, value) -> members.put(name, value.toString()));
        Json container = config.get("config");
        container
                .without("Labels")
                .without("Env")
                .members()
                .forEach((name, value) -> members.put(name, value.toString()));
        container.get("Labels").members().forEach((name, value) -> members.put("label " + name, value.toString()));
        for (Json variable : container.get("Env").items()) {
            String text = variable.text().orElse("");
            members.put("env " + text.replaceFirst("=(?s:.*)", ""), text);
        }
        LayerNames.writer(config).ifPresent(writer -> members.put("layers written by", writer));
        members.values().removeIf("null"::equals);
        return members;
    }
}
