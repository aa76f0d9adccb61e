package io.github.imagedelivery.ecr.ci;

import java.util.Map;
import java.util.Optional;

/** Environment variables; one that is blank counts as one that is not there. */
record Variables(Map<String, String> values) {
    Variables {
        values = Map.copyOf(values);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Tells whether the variable says something other than no. */
    boolean has(String name) {
        return value(name).filter(value -> !value.equalsIgnoreCase("false")).isPresent();
    }

    /** Names none of the values: some are secrets. */
    @Override
    public String toString() {
        return values.size() + " variables";
    }
}
