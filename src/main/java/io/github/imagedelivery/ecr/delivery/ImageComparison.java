package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.LayerComparison;
import io.github.imagedelivery.ecr.image.LayerNames;
import io.github.imagedelivery.ecr.image.ReadAllowance;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares two images: config by config, the layers by their names. Reads the layers that differ, but never those of a
 * base. What cannot be read is said and hinders nothing.
 */
final class ImageComparison {
    /** What the largest application unpacks to several times over; a bomb reaches it within seconds. */
    private static final long MOST_BYTES = 8L * 1024 * 1024 * 1024;

    /** A listing may take this part of the heap. */
    private static final int PART_OF_HEAP = 8;

    private final ComparedImage before;
    private final ComparedImage now;
    private final ReadAllowance allowance =
            new ReadAllowance(MOST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);

    ImageComparison(ComparedImage before, ComparedImage now) {
        this.before = before;
        this.now = now;
    }

    /** Finds what differs. */
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
        try {
            return withConfig(now.config());
        } catch (IOException | FormatException e) {
            return Difference.unknown("this build's image cannot be read: " + DeliveryException.words(e));
        }
    }

    private Difference withConfig(Json built) {
        List<String> builtNames = names(built, now);
        try {
            Json old = before.config();
            List<String> oldNames = names(old, before);
            boolean isOurs = LayerNames.writer(old).isPresent();
            List<String> notes = isOurs ? List.of() : List.of("the image in ECR was built by another tool");
            List<LayerFinding> layers = isOurs ? layers(oldNames, builtNames) : List.of();
            return new Difference(notes, layers, ConfigComparison.between(old, built));
        } catch (IOException | FormatException e) {
            String note = "the image in ECR cannot be read: " + DeliveryException.words(e);
            return new Difference(List.of(note), byDigest(builtNames), List.of());
        }
    }

    /** Tells which layers are not in ECR, where only its manifest is known. */
    private List<LayerFinding> byDigest(List<String> names) {
        List<Digest> old = digests(before.layers());
        Map<String, List<Blob>> built = byName(names, now.layers());
        List<LayerFinding> findings = new ArrayList<>();
        built.forEach((name, layers) -> findings.add(
                old.containsAll(digests(layers))
                        ? LayerFinding.same(name)
                        : LayerFinding.differing(name, "another content")));
        return findings;
    }

    private static List<String> names(Json config, ComparedImage image) {
        List<String> names = LayerNames.of(config);
        int layers = image.manifest().layers().size();
        return names.size() == layers ? names : Collections.nCopies(layers, LayerNames.BASE);
    }

    private List<LayerFinding> layers(List<String> oldNames, List<String> builtNames) {
        Map<String, List<Blob>> old = byName(oldNames, before.layers());
        Map<String, List<Blob>> built = byName(builtNames, now.layers());
        List<LayerFinding> findings = new ArrayList<>();
        findings.add(base(
                digests(old.getOrDefault(LayerNames.BASE, List.of())),
                digests(built.getOrDefault(LayerNames.BASE, List.of()))));
        old.remove(LayerNames.BASE);
        built.remove(LayerNames.BASE);
        built.forEach((name, layers) -> findings.add(
                old.containsKey(name)
                        ? layer(name, old.get(name).get(0), layers.get(0))
                        : LayerFinding.differing(name, "only in this build")));
        old.keySet().removeAll(built.keySet());
        old.keySet().forEach(name -> findings.add(LayerFinding.differing(name, "only in ECR")));
        return findings;
    }

    private static Map<String, List<Blob>> byName(List<String> names, List<Blob> layers) {
        Map<String, List<Blob>> byName = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            byName.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(layers.get(i));
        }
        return byName;
    }

    private static List<Digest> digests(List<Blob> layers) {
        return layers.stream().map(layer -> layer.descriptor().digest()).toList();
    }

    private static LayerFinding base(List<Digest> old, List<Digest> built) {
        if (old.equals(built)) {
            return LayerFinding.same(LayerNames.BASE);
        }
        long shared = built.stream().filter(old::contains).count();
        return LayerFinding.differing(
                LayerNames.BASE,
                "another base image, " + old.size() + " layers in ECR and " + built.size() + " in this build, " + shared
                        + " of them the same");
    }

    private LayerFinding layer(String name, Blob old, Blob built) {
        if (old.descriptor().digest().equals(built.descriptor().digest())) {
            return LayerFinding.same(name);
        }
        try {
            return LayerFinding.differing(name, LayerComparison.between(old, built, allowance));
        } catch (IOException | FormatException e) {
            return LayerFinding.differing(name, "its files cannot be compared: " + DeliveryException.words(e));
        }
    }
}
