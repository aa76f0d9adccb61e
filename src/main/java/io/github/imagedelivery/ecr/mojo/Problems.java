package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a goal's parameters, gathered so that it is told all at once. */
final class Problems {
    private final List<DeliveryException> found = new ArrayList<>();

    /** Something that a user's mistake can keep from being found out. */
    interface Step<T> {
        T run() throws DeliveryException;
    }

    /** The reading of a parameter's value. */
    interface Reading<T> {
        T read() throws FormatException;
    }

    /** Returns what the step gives; empty where it fails. */
    <T> Optional<T> collect(Step<T> step) {
        try {
            return Optional.of(step.run());
        } catch (DeliveryException e) {
            found.add(e);
            return Optional.empty();
        }
    }

    /**
     * Returns what the value of a parameter means; empty where it is malformed.
     *
     * @param otherwise what leaving the parameter out means, for the message
     */
    <T> Optional<T> read(String property, String otherwise, Reading<T> reading) {
        return collect(() -> {
            try {
                return reading.read();
            } catch (FormatException e) {
                throw DeliveryException.ofUser(
                        property + " has a value that cannot be used",
                        e,
                        "correct it with -D" + property + ", or leave it out for " + otherwise);
            }
        });
    }

    /** Adds a problem. */
    void add(DeliveryException problem) {
        found.add(problem);
    }

    /** Throws what was found; returns if that is nothing. */
    void raise() throws DeliveryException {
        if (!found.isEmpty()) {
            throw DeliveryException.ofAll(found);
        }
    }
}
