package io.github.imagedelivery.ecr.aws;

import java.util.List;

/**
 * What the user can do about a refusal that only this package knows enough of to say it.
 *
 * @param problem what does not work, as the end of a sentence
 * @param remedy what to do about it, on one line
 * @param details what is needed for it, ready to copy, line by line; perhaps none
 */
public record Advice(String problem, String remedy, List<String> details) {
    /** Copies the lines. */
    public Advice {
        details = List.copyOf(details);
    }
}
