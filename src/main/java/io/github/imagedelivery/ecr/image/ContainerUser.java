package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.Optional;
import java.util.regex.Pattern;

/** The user that the container runs as ({@code User} of image-spec, config.md). */
final class ContainerUser {
    /** Nobody in particular: no account of any usual base image has this number. */
    private static final String UNPRIVILEGED = "65532:65532";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private ContainerUser() {}

    /** Tells whether the text is {@code user} or {@code user:group}, each a name or a number. */
    static boolean isValid(String text) {
        String[] parts = text.split(":", -1);
        boolean valid = parts.length <= 2;
        for (String part : parts) {
            valid &= NAME.matcher(part).matches() || isNumber(part);
        }
        return valid;
    }

    /** Returns what to write into the config: what is wanted, else the base's own (empty) unless that is root. */
    static Optional<String> choose(Optional<String> wanted, Json baseConfig) {
        if (wanted.isPresent()) {
            return wanted;
        }
        String inherited = baseConfig.get("config").get("User").text().orElse("");
        return isRoot(inherited) ? Optional.of(UNPRIVILEGED) : Optional.empty();
    }

    private static boolean isRoot(String user) {
        String name = user.split(":", -1)[0];
        return name.isEmpty() || name.equals("root") || name.matches("0+");
    }

    private static boolean isNumber(String part) {
        return NUMBER.matcher(part).matches() && Long.parseLong(part) <= Integer.MAX_VALUE;
    }
}
