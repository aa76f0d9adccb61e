package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.LayerComparison;
import io.github.imagedelivery.ecr.image.LayerNames;
import io.github.imagedelivery.ecr.image.ReadAllowance;
import io.github.imagedelivery.ecr.image.Sides;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the layers of images. Reads those that differ, each pair once for all images that have it, and never what is
 * known to be a base's. What cannot be read is said and hinders nothing.
 */
final class LayersComparison {
    /** What the largest application unpacks to several times over; a bomb reaches it within seconds. */
    private static final long MOST_BYTES = 8L * 1024 * 1024 * 1024;

    /** A listing may take this part of the heap. */
    private static final int PART_OF_HEAP = 8;

    private final ReadAllowance allowance =
            new ReadAllowance(MOST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    private final Map<List<Digest>, LayerFinding> read = new HashMap<>();

    /**
     * The layers of an image.
     *
     * @param names what each is called
     * @param blobs the layers, lowest first
     */
    record Layers(List<String> names, List<Blob> blobs) {
        Map<String, List<Blob>> byName() {
            Map<String, List<Blob>> byName = new LinkedHashMap<>();
            for (int i = 0; i < blobs.size(); i++) {
                byName.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(blobs.get(i));
            }
            return byName;
        }
    }

    /** Compares the layers of two images of this plugin, those of one name with each other. */
    List<LayerFinding> byName(Layers before, Layers now, Sides sides) {
        Map<String, List<Blob>> old = before.byName();
        Map<String, List<Blob>> built = now.byName();
        List<LayerFinding> findings = new ArrayList<>();
        findings.add(base(
                old.getOrDefault(LayerNames.BASE, List.of()), built.getOrDefault(LayerNames.BASE, List.of()), sides));
        old.remove(LayerNames.BASE);
        built.remove(LayerNames.BASE);
        built.forEach((name, layers) -> findings.add(
                old.containsKey(name)
                        ? layer(name, old.get(name).get(0), layers.get(0))
                        : LayerFinding.of(name, List.of(), layers, "")));
        old.keySet().removeAll(built.keySet());
        old.forEach((name, layers) -> findings.add(LayerFinding.of(name, layers, List.of(), "")));
        return findings;
    }

    private static LayerFinding base(List<Blob> old, List<Blob> built, Sides sides) {
        List<Digest> known = digests(old);
        long shared = digests(built).stream().filter(known::contains).count();
        return LayerFinding.of(
                LayerNames.BASE,
                old,
                built,
                "another base image, " + old.size() + " layers " + sides.before() + " and " + built.size() + " "
                        + sides.now() + ", " + shared + " of them the same");
    }

    /**
     * Compares the layers of two images of which nobody knows what lies in which. The layers that both begin and end with are
     * the same, and of the others each is compared with the one in its place.
     */
    List<LayerFinding> byPlace(List<Blob> before, List<Blob> now) {
        int shorter = Math.min(before.size(), now.size());
        int head = 0;
        while (head < shorter && isSame(before.get(head), now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && isSame(before.get(before.size() - 1 - tail), now.get(now.size() - 1 - tail))) {
            tail++;
        }
        int places = Math.max(before.size(), now.size());
        List<LayerFinding> findings = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            boolean isOfTail = place >= places - tail;
            int old = isOfTail ? before.size() - places + place : place;
            int built = isOfTail ? now.size() - places + place : place;
            boolean hasOld = isOfTail || place < before.size() - tail;
            boolean hasBuilt = isOfTail || place < now.size() - tail;
            findings.add(inPlace(
                    "layer " + (place + 1),
                    hasOld ? before.subList(old, old + 1) : List.of(),
                    hasBuilt ? now.subList(built, built + 1) : List.of()));
        }
        return findings;
    }

    private LayerFinding inPlace(String name, List<Blob> old, List<Blob> built) {
        return old.isEmpty() || built.isEmpty()
                ? LayerFinding.of(name, old, built, "")
                : layer(name, old.get(0), built.get(0));
    }

    /** Tells which layers are not in the first image, where only its manifest is known. */
    static List<LayerFinding> byDigest(List<Blob> before, Layers now) {
        List<Digest> old = digests(before);
        List<LayerFinding> findings = new ArrayList<>();
        now.byName()
                .forEach((name, layers) -> findings.add(LayerFinding.of(
                        name, old.containsAll(digests(layers)) ? layers : before, layers, "another content")));
        return findings;
    }

    private static List<Digest> digests(List<Blob> layers) {
        return layers.stream().map(LayersComparison::digest).toList();
    }

    private static Digest digest(Blob layer) {
        return layer.descriptor().digest();
    }

    private static boolean isSame(Blob layer, Blob other) {
        return digest(layer).equals(digest(other));
    }

    private LayerFinding layer(String name, Blob old, Blob built) {
        if (isSame(old, built)) {
            return LayerFinding.of(name, List.of(old), List.of(built), "");
        }
        return read.computeIfAbsent(List.of(digest(old), digest(built)), pair -> look(name, old, built))
                .called(name);
    }

    private LayerFinding look(String name, Blob old, Blob built) {
        try {
            return LayerFinding.read(name, old, built, LayerComparison.between(old, built, allowance));
        } catch (IOException | FormatException e) {
            return LayerFinding.of(
                    name, List.of(old), List.of(built), "its files cannot be compared: " + DeliveryException.words(e));
        }
    }
}
