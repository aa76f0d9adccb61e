package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.LayersComparison.Layers;
import io.github.imagedelivery.ecr.image.LayerNames;
import io.github.imagedelivery.ecr.image.Sides;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares two images: manifest with manifest, config with config, the layers by their names. What cannot be read is said
 * and hinders nothing.
 */
final class ImageComparison {
    private final ComparedImage before;
    private final ComparedImage now;
    private final Sides sides;
    private final LayersComparison layers;
    private final List<String> notes = new ArrayList<>();

    ImageComparison(ComparedImage before, ComparedImage now) {
        this(before, now, new LayersComparison());
    }

    /**
     * Creates a comparison.
     *
     * @param layers compares the layers, perhaps those of other images too
     */
    ImageComparison(ComparedImage before, ComparedImage now, LayersComparison layers) {
        this.before = before;
        this.now = now;
        this.sides = new Sides(before.where(), now.where());
        this.layers = layers;
    }

    /** Finds what differs between the image that a tag has and a build; of another tool's image the layers are not read. */
    Difference run() {
        if (before.manifest().isIndex() && now.manifest().isIndex()) {
            return IndexComparison.between(before, now);
        }
        if (before.manifest().isIndex()) {
            return Difference.unknown("the tag names an index of "
                    + before.manifest().entries().size() + " manifests, and this build is one image");
        }
        if (now.manifest().isIndex()) {
            return Difference.unknown("the tag names one image, and this build is an index of "
                    + now.manifest().entries().size() + " manifests");
        }
        Optional<Json> built = config(now);
        if (built.isEmpty()) {
            return difference(List.of(), List.of());
        }
        Layers builtLayers = new Layers(names(built.get(), now), now.layers());
        Optional<Json> old = config(before);
        if (old.isEmpty()) {
            return difference(LayersComparison.byDigest(before.layers(), builtLayers), List.of());
        }
        boolean isOurs = isOurs(old.get(), before);
        return difference(
                isOurs ? byName(old.get(), built.get()) : List.of(), ConfigComparison.between(old.get(), built.get()));
    }

    /** Finds what differs between any two images, neither of them an index. */
    Difference runOnAll() {
        Optional<Json> old = config(before);
        Optional<Json> built = config(now);
        boolean areOurs = areOurs(old, built);
        List<FieldChange> config =
                old.isEmpty() || built.isEmpty() ? List.of() : ConfigComparison.withHistory(old.get(), built.get());
        return difference(
                areOurs
                        ? byName(old.orElseThrow(), built.orElseThrow())
                        : layers.byPlace(before.layers(), now.layers()),
                config);
    }

    /** Of two images by other tools that need not be said: they are compared, and layer by layer. */
    private boolean areOurs(Optional<Json> old, Optional<Json> built) {
        boolean isAny = Stream.of(old, built)
                .flatMap(Optional::stream)
                .anyMatch(config -> LayerNames.writer(config).isPresent());
        return isAny
                && old.filter(config -> isOurs(config, before)).isPresent()
                && built.filter(config -> isOurs(config, now)).isPresent();
    }

    private Difference difference(List<LayerFinding> found, List<FieldChange> config) {
        List<FieldChange> manifest = ManifestComparison.between(before.manifest(), now.manifest());
        return new Difference(sides, notes, found, manifest, config);
    }

    private Optional<Json> config(ComparedImage image) {
        try {
            return Optional.of(image.config());
        } catch (IOException | FormatException e) {
            notes.add("the image " + image.where() + " cannot be read: " + DeliveryException.words(e));
            return Optional.empty();
        }
    }

    private boolean isOurs(Json config, ComparedImage image) {
        boolean isOurs = LayerNames.writer(config).isPresent();
        if (!isOurs) {
            notes.add("the image " + image.where() + " was built by another tool");
        }
        return isOurs;
    }

    private List<LayerFinding> byName(Json old, Json built) {
        return layers.byName(
                new Layers(names(old, before), before.layers()), new Layers(names(built, now), now.layers()), sides);
    }

    private static List<String> names(Json config, ComparedImage image) {
        List<String> names = LayerNames.of(config);
        int count = image.manifest().layers().size();
        return names.size() == count ? names : Collections.nCopies(count, LayerNames.BASE);
    }
}
