package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts a base image below layers that were built without it: what Jib does when it has the base's layers at hand, done
 * with their descriptors alone (image-spec, config.md: {@code rootfs.diff_ids} and {@code history}).
 */
final class Composer {
    /** More layers than that cannot be stacked by the overlay file systems that run containers. */
    private static final int MAX_LAYERS = 127;

    /** The variables that Jib can read; it fails on others, such as one whose value has a line break. */
    private static final Pattern SIMPLE_VARIABLE = Pattern.compile("[^=]+=.*");

    private final BaseImage base;
    private final List<Blob> baseLayers;

    private Composer(BaseImage base, List<Blob> baseLayers) {
        this.base = base;
        this.baseLayers = baseLayers;
    }

    /** Checks the base: its layers must be of a known type, and those that its config names. */
    static Composer on(BaseImage base) throws FormatException {
        List<Json> diffIds = diffIds(base.config()).items();
        if (diffIds.size() != base.layers().size()) {
            throw new FormatException(
                    "its manifest has " + base.layers().size() + " layers, its config " + diffIds.size() + " diff ids");
        }
        List<Blob> layers = new ArrayList<>();
        for (Blob layer : base.layers()) {
            Digest diffId = Digest.parse(diffIds.get(layers.size()).text().orElse(""));
            layers.add(checked(layer, diffId));
        }
        return new Composer(base, layers);
    }

    /**
     * Returns the layer under its OCI media type, and such that it cannot be read without being what the config says.
     */
    private static Blob checked(Blob layer, Digest diffId) throws FormatException {
        Descriptor descriptor = layer.descriptor()
                .withMediaType(LayerTypes.oci(layer.descriptor().mediaType()));
        if (LayerTypes.isInflatable(descriptor.mediaType())) {
            return new CompressedLayer(descriptor, layer, diffId);
        }
        if (descriptor.mediaType().equals(MediaTypes.OCI_LAYER)
                && !descriptor.digest().equals(diffId)) {
            throw new FormatException("its manifest names the layer " + descriptor.digest() + ", its config " + diffId);
        }
        return new Renamed(descriptor, layer);
    }

    /** Returns what Jib is to see of the base's config: all but the layers, and but what it fails on or drops. */
    Json thinConfig() {
        Json noLayers = Json.object().with("type", Json.of("layers")).with("diff_ids", Json.array(List.of()));
        Json config = base.config().with("rootfs", noLayers).without("created");
        Json container = base.config().get("config").without("Healthcheck");
        if (!container.get("Env").isMissing()) {
            container = container.with("Env", Json.array(variables(true)));
        }
        config = config.with("config", container);
        return config.get("history").isMissing() ? config.without("history") : config;
    }

    /** Returns the base's layers under their OCI media types, then the others. */
    List<Blob> layers(List<Blob> own) throws FormatException {
        List<Blob> all = new ArrayList<>(baseLayers);
        all.addAll(own);
        if (all.size() > MAX_LAYERS) {
            throw new FormatException("the image would have " + all.size() + " layers; at most " + MAX_LAYERS
                    + " can be run, and the base has " + baseLayers.size());
        }
        return all;
    }

    /** Returns the config of the whole image. */
    Json config(Json thin, Instant created, Inheritance inheritance) {
        Json own = thin.get("rootfs").get("diff_ids");
        Json rootfs = thin.get("rootfs").with("diff_ids", diffIds(base.config()).plus(own.items()));
        Json whole = thin.with("history", history(thin, own.items().size(), created))
                .with("rootfs", rootfs)
                .with("config", withOtherVariables(thin.get("config")));
        return inheritance.inherit(whole, base.config());
    }

    /**
     * Returns the manifest.
     *
     * @param layers their descriptors
     */
    static Json manifest(Descriptor config, List<Json> layers) {
        return Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", config.toJson())
                .with("layers", Json.array(layers));
    }

    /** Jib passes the base's history on, but cannot see which layers lack an entry: these get one, as it gives them. */
    private Json history(Json thin, int ownLayers, Instant created) {
        List<Json> all = thin.get("history").items();
        List<Json> below = all.subList(0, all.size() - ownLayers);
        long described = below.stream()
                .filter(entry -> !entry.get("empty_layer").isTrue())
                .count();
        Json filler = Json.object()
                .with("created", Json.of(created.toString()))
                .with("comment", Json.of("auto-generated by Jib"));
        int missing = (int) Math.max(0, baseLayers.size() - described);
        return Json.array(below).plus(Collections.nCopies(missing, filler)).plus(all.subList(below.size(), all.size()));
    }

    private Json withOtherVariables(Json container) {
        Json own = container.get("Env");
        Set<String> names = own.items().stream().map(Composer::name).collect(Collectors.toSet());
        List<Json> others = variables(false).stream()
                .filter(variable -> !names.contains(name(variable)))
                .toList();
        return others.isEmpty()
                ? container
                : container.with("Env", Json.array(own.items()).plus(others));
    }

    private List<Json> variables(boolean simple) {
        return base.config().get("config").get("Env").items().stream()
                .filter(variable ->
                        SIMPLE_VARIABLE.matcher(variable.text().orElse("")).matches() == simple)
                .toList();
    }

    private static String name(Json variable) {
        String text = variable.text().orElse("");
        int end = text.indexOf('=');
        return end < 0 ? text : text.substring(0, end);
    }

    private static Json diffIds(Json config) {
        Json found = config.get("rootfs").get("diff_ids");
        return found.isMissing() ? Json.array(List.of()) : found;
    }

    private record Renamed(Descriptor descriptor, Blob blob) implements Blob {
        @Override
        public InputStream open() throws IOException {
            return blob.open();
        }
    }
}
