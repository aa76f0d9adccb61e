package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;
import java.util.Optional;

/** What the layers of an image are called that was built here earlier: its config's history tells. */
public final class LayerNames {
    /** The name of every layer of a base image. */
    public static final String BASE = "base";

    private LayerNames() {}

    /** Returns the names of the layers, lowest first; {@link #BASE} for each that this plugin has not made. */
    public static List<String> of(Json config) {
        return config.get("history").items().stream()
                .filter(entry -> !entry.get("empty_layer").isTrue())
                .map(LayerNames::name)
                .toList();
    }

    /** Returns what wrote the application's layers, with its version; empty for an image of another tool. */
    public static Optional<String> writer(Json config) {
        return config.get("history").items().stream()
                .filter(LayerNames::isOurs)
                .flatMap(entry -> entry.get("created_by").text().stream())
                .findFirst();
    }

    private static String name(Json entry) {
        return isOurs(entry) ? entry.get("comment").text().orElse(BASE) : BASE;
    }

    /** Tells whether an entry of the history is of a layer that this plugin has made. */
    public static boolean isOurs(Json entry) {
        return entry.get("created_by").text().orElse("").startsWith(ConfigWriter.TOOL_NAME + ":");
    }
}
