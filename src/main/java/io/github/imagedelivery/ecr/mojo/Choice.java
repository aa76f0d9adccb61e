package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a parameter that takes one of a few words, in whatever case. */
final class Choice {
    private Choice() {}

    /**
     * Returns the constant that the parameter names.
     *
     * @param given what Maven has left; null or blank for the default
     */
    static <E extends Enum<E>> E of(String property, @Nullable String given, E byDefault) throws DeliveryException {
        String value = Parameters.text(given)
                .orElse(byDefault.name())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        if (!Parameters.isResolved(value)) {
            throw Parameters.unresolved(property, Parameters.text(given).orElse(value));
        }
        List<String> words = new ArrayList<>();
        for (E choice : byDefault.getDeclaringClass().getEnumConstants()) {
            String word = choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(value)) {
                return choice;
            }
            words.add(word);
        }
        throw Parameters.wrong(property, value, String.join(" or ", words));
    }
}
