package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who owns a file in the container. By number alone: a name means something only to the base's {@code /etc/passwd}.
 *
 * @param user number of the user
 * @param group number of the group
 */
public record Owner(int user, int group) {
    /** {@code 0:0}. */
    public static final Owner ROOT = new Owner(0, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}):([0-9]{1,9})");

    /** Refuses numbers below zero. */
    public Owner {
        if (user < 0 || group < 0) {
            throw new IllegalArgumentException(user + ":" + group);
        }
    }

    /** Reads {@code 1000:1000}. */
    public static Owner parse(String text) throws FormatException {
        Matcher numbers = FORM.matcher(text);
        if (!numbers.matches()) {
            throw new FormatException("the owner \"" + Texts.shown(text)
                    + "\" is not of the form 1000:1000, the numbers of user and group");
        }
        return new Owner(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
    }

    /** Returns {@code user:group}. */
    @Override
    public String toString() {
        return user + ":" + group;
    }
}
