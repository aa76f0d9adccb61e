package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which repositories have images that are made of which layer.
 *
 * @param repositories the names of the repositories, by layer
 */
record LayerPlaces(Map<Digest, SortedSet<String>> repositories) {
    static LayerPlaces of(List<RepositoryState> all) {
        Map<Digest, SortedSet<String>> repositories = new HashMap<>();
        for (RepositoryState state : all) {
            for (Image image : state.images()) {
                for (Descriptor layer : image.manifest().layers()) {
                    repositories
                            .computeIfAbsent(layer.digest(), digest -> new TreeSet<>())
                            .add(state.name());
                }
            }
        }
        return new LayerPlaces(repositories);
    }

    /** Returns the other repositories that have the layer, by name. */
    List<String> others(Digest layer, String repository) {
        return repositories.getOrDefault(layer, new TreeSet<>()).stream()
                .filter(name -> !name.equals(repository))
                .toList();
    }

    /** Returns how many layers are in more than one repository. */
    long shared() {
        return repositories.values().stream().filter(names -> names.size() > 1).count();
    }
}
