package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A value that may be set in two ways: nested as in jib-maven-plugin, and by the parameter that it stands for.
 *
 * @param element how it is nested, for example {@code <container><user>}
 * @param property the parameter, for example {@code ecr.user}
 * @param nested what is nested
 * @param flat what the parameter says
 * @param filler sets the parameter
 */
record NestedValue<T>(String element, String property, Optional<T> nested, Optional<T> flat, Consumer<T> filler) {

    /** Sets the parameter to what is nested, where it says nothing. */
    void fill() {
        if (flat.isEmpty()) {
            nested.ifPresent(filler);
        }
    }

    /** Returns the refusal of two values that differ. Neither is shown: it may be a secret. */
    Optional<DeliveryException> conflict() {
        if (nested.isEmpty() || flat.isEmpty() || nested.equals(flat)) {
            return Optional.empty();
        }
        return Optional.of(DeliveryException.ofUser(
                element + " and " + property + " differ",
                "both are set, and they are one and the same setting",
                "leave out one of the two; " + property + " is the one that -D and <properties> can set"));
    }
}
