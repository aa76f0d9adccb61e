package io.github.imagedelivery.ecr.oci;

import java.util.regex.Pattern;

/**
 * What an image runs on (image-spec, image-index.md, {@code platform}).
 *
 * @param os operating system, {@code linux}
 * @param architecture architecture in Go's names, {@code amd64} or {@code arm64}
 * @param variant variant of the architecture such as {@code v8}, or the empty string
 */
public record Platform(String os, String architecture, String variant) {
    /** What an image is built for unless told otherwise. */
    public static final Platform LINUX_AMD64 = new Platform("linux", "amd64", "");

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*){1,2}");

    /** Reads {@code os/architecture} or {@code os/architecture/variant}. */
    public static Platform parse(String text) throws FormatException {
        String[] parts = text.split("/", -1);
        if (!FORM.matcher(text).matches()) {
            throw new FormatException("\"" + Texts.shown(text) + "\" is not a platform: os/architecture expected");
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    /** Reads the {@code platform} object of an index entry, or the platform fields of a config. */
    public static Platform read(Json json) {
        return new Platform(
                json.get("os").text().orElse(""),
                json.get("architecture").text().orElse(""),
                json.get("variant").text().orElse(""));
    }

    /** Tells whether an image for the other platform runs here: same system and architecture, any variant if unset. */
    public boolean admits(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant.isEmpty() || variant.equals(other.variant));
    }

    /** Returns {@code os/architecture}, with the variant when there is one. */
    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
