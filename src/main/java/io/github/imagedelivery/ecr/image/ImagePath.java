package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.Optional;

/** A path in an image, as a parameter names it. */
final class ImagePath {
    private ImagePath() {}

    /** Returns what is wrong with the path; empty if nothing. */
    static Optional<String> problem(String what, String path) {
        if (!path.startsWith("/")) {
            return Optional.of(what + " \"" + Texts.shown(path) + "\" is not absolute");
        }
        boolean plain = path.chars().noneMatch(Character::isISOControl) && !(path + "/").contains("/../");
        return plain
                ? Optional.empty()
                : Optional.of(what + " \"" + Texts.shown(path) + "\" holds \"..\" or a control character");
    }
}
