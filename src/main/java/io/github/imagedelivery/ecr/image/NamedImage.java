package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One of the images that lie in one layout or archive.
 *
 * @param names what it is called there, its digest among it; the first is shown
 * @param image what tells it from the others
 */
record NamedImage<T>(List<String> names, T image) {
    private static final int SHOWN = 5;

    /** Copies the names. */
    NamedImage {
        names = List.copyOf(names);
    }

    /**
     * Returns the only image, however often it is there; or the one that is asked for.
     *
     * @param wanted one of its names
     */
    static <T> T choose(List<NamedImage<T>> images, Optional<String> wanted) throws FormatException {
        List<T> fitting = images.stream()
                .filter(image -> wanted.isEmpty() || image.names.contains(wanted.get()))
                .map(NamedImage::image)
                .distinct()
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (images.isEmpty()) {
            throw new FormatException("there is no image in it");
        }
        if (fitting.isEmpty()) {
            throw new FormatException(
                    "it has no image \"" + Texts.shown(wanted.orElse("")) + "\", but " + shown(images));
        }
        throw new FormatException("it holds " + fitting.size() + " images"
                + wanted.map(name -> " \"" + Texts.shown(name) + "\"").orElse("") + ": " + shown(images));
    }

    private static <T> String shown(List<NamedImage<T>> images) {
        String listed = images.stream()
                .limit(SHOWN)
                .map(image -> Texts.shown(image.names.get(0)))
                .collect(Collectors.joining(", "));
        int more = images.size() - SHOWN;
        return listed + (more > 0 ? ", and " + more + " more" : "");
    }
}
