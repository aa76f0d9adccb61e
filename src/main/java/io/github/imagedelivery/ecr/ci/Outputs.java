package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results by name: those of a single image under plain names, those of several under the names of their modules.
 *
 * @param outcomes the images of the build
 */
record Outputs(List<Outcome> outcomes) {
    /**
     * Returns what a step of GitHub Actions hands on: {@code image}, {@code digest}, {@code sha-tag},
     * {@code version-tag}, {@code additional-tags} where there are some, separated by commas, and {@code result} of a
     * single image, and of all images {@code modules}, a JSON array of names, and {@code images}, a JSON object with
     * the same by name.
     */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>(outcomes.size() == 1 ? of(outcomes.get(0)) : Map.of());
        Json images = Json.object();
        for (Map.Entry<String, Outcome> entry : byName().entrySet()) {
            Json image = Json.object();
            for (Map.Entry<String, String> value : of(entry.getValue()).entrySet()) {
                image = image.with(value.getKey(), Json.of(value.getValue()));
            }
            images = images.with(entry.getKey(), image);
        }
        values.put("modules", Json.texts(byName().keySet()).toString());
        values.put("images", images.toString());
        return values;
    }

    /**
     * Returns the same as variables without JSON: {@code ECR_IMAGE} and so on of a single image,
     * {@code ECR_IMAGE_ORDERS} and so on of several, and {@code ECR_MODULES}, the names separated by commas.
     */
    Map<String, String> variables() {
        Map<String, Outcome> byName = byName();
        Map<String, String> variables = new LinkedHashMap<>();
        byName.forEach((name, outcome) -> {
            String suffix = byName.size() == 1 ? "" : "_" + name;
            of(outcome).forEach((key, value) -> variables.putIfAbsent(variable("ecr_" + key + suffix), value));
        });
        variables.put("ECR_MODULES", String.join(",", byName.keySet()));
        return variables;
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Map<String, String> of(Outcome outcome) {
        Map<String, String> values = new LinkedHashMap<>();
        outcome.image().ifPresent(image -> {
            values.put("image", image.reference());
            values.put("digest", image.digest());
            values.put("sha-tag", image.shaTag());
            values.put("version-tag", image.versionTag());
            if (!image.additionalTags().isEmpty()) {
                values.put("additional-tags", String.join(",", image.additionalTags()));
            }
        });
        values.put("result", outcome.result());
        return values;
    }

    /** Returns the images by module; names that would make the same variable are numbered. */
    private Map<String, Outcome> byName() {
        Map<String, Outcome> named = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            String name = outcome.module();
            for (int number = 2; isTaken(name, named.keySet()); number++) {
                name = outcome.module() + "-" + number;
            }
            named.put(name, outcome);
        }
        return named;
    }

    private static boolean isTaken(String name, Collection<String> names) {
        return names.stream().anyMatch(other -> variable(other).equals(variable(name)));
    }
}
