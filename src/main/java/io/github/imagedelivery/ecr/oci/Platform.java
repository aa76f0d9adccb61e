package io.github.imagedelivery.ecr.oci;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** The variant that an architecture without one has (containerd's platform names, which Docker writes). */
    private static final Map<String, String> USUAL_VARIANTS = Map.of("arm64", "v8", "amd64", "v1");

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*){1,2}");

    /** Reads {@code os/architecture} or {@code os/architecture/variant}. */
    public static Platform parse(String text) throws FormatException {
        String[] parts = text.split("/", -1);
        if (!isLegal(text)) {
            throw new FormatException("\"" + Texts.shown(text) + "\" is not a platform: os/architecture expected");
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    /** Tells whether {@link #parse} takes the text. */
    public static boolean isLegal(String text) {
        return FORM.matcher(text).matches();
    }

    /** Reads the {@code platform} object of an index entry, or the platform fields of a config. */
    public static Platform read(Json json) {
        return new Platform(
                json.get("os").text().orElse(""),
                json.get("architecture").text().orElse(""),
                json.get("variant").text().orElse(""));
    }

    /**
     * Tells whether an image for the other platform runs here: same system and architecture, any variant if unset.
     * {@code arm64} and {@code arm64/v8} are the same, so are {@code amd64} and {@code amd64/v1}.
     */
    public boolean admits(Platform other) {
        return os.equals(other.os) && architecture.equals(other.architecture) && (variant.isEmpty() || isSameAs(other));
    }

    /**
     * Returns the candidates that fit this platform best, in their order: those that name it exactly, else those that
     * name it otherwise, else those that it admits.
     *
     * @param platform tells what a candidate runs on
     */
    public <T> List<T> best(List<T> candidates, Function<T, Platform> platform) {
        return Stream.<Predicate<Platform>>of(this::equals, this::isSameAs, this::admits)
                .map(fits -> candidates.stream()
                        .filter(candidate -> fits.test(platform.apply(candidate)))
                        .toList())
                .filter(fitting -> !fitting.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private boolean isSameAs(Platform other) {
        return withoutUsualVariant().equals(other.withoutUsualVariant());
    }

    private Platform withoutUsualVariant() {
        return variant.equals(USUAL_VARIANTS.get(architecture)) ? new Platform(os, architecture, "") : this;
    }

    /** Returns {@code os/architecture}, with the variant when there is one. */
    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
