package io.github.imagedelivery.ecr.oci;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where images are read from in place of the registry that their names say.
 *
 * @param places by what the name of an image begins with, {@code host} or {@code host/path}, what stands there instead
 * @param fallsBack whether the registry of the name is read where a mirror cannot be
 */
public record Mirrors(Map<String, String> places, boolean fallsBack) {
    /** Every image is read where its name says. */
    public static final Mirrors NONE = new Mirrors(Map.of(), false);

    /** Sorts the places, so that equal mirrors look equal. */
    public Mirrors {
        places = Collections.unmodifiableMap(new TreeMap<>(places));
    }

    /**
     * Checks and collects mirrors.
     *
     * @param places as of the record; a slash at the end counts for nothing
     */
    public static Mirrors of(Map<String, String> places, boolean fallsBack) throws FormatException {
        Map<String, String> checked = new TreeMap<>();
        for (Map.Entry<String, String> place : places.entrySet()) {
            checked.put(place(place.getKey()), place(place.getValue()));
        }
        return new Mirrors(checked, fallsBack);
    }

    private static String place(String text) throws FormatException {
        String bare = text.strip().replaceFirst("/+$", "");
        try {
            Reference.parse(bare + "/image:tag");
        } catch (FormatException e) {
            throw new FormatException("\"" + Texts.shown(text) + "\" is not host or host/path");
        }
        return bare;
    }

    /** Returns what is read in place of the image; empty where it has no mirror. The longest beginning counts. */
    public Optional<Reference> of(Reference reference) throws FormatException {
        String name = reference.registry() + "/" + reference.repository();
        Optional<String> beginning = places.keySet().stream()
                .filter(candidate -> name.startsWith(candidate + "/"))
                .max(Comparator.comparingInt(String::length));
        if (beginning.isEmpty()) {
            return Optional.empty();
        }
        String mirrored =
                places.get(beginning.get()) + name.substring(beginning.get().length());
        int slash = mirrored.indexOf('/');
        return Optional.of(new Reference(
                mirrored.substring(0, slash),
                RepositoryName.parse(mirrored.substring(slash + 1)),
                reference.tag(),
                reference.digest()));
    }
}
