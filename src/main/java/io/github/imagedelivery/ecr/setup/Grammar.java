package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form that a value must have before it is put into a file. Values go into YAML, JSON and shell commands, so none
 * may hold a quote, a blank, a line break, a {@code $} or another character that one of the three gives a meaning.
 */
final class Grammar {
    private final Pattern form;
    private final String inWords;

    private Grammar(Pattern form, String inWords) {
        this.form = form;
        this.inWords = inWords;
    }

    /**
     * Makes a grammar.
     *
     * @param form regular expression for the whole of a value
     * @param inWords what is expected, for a message
     */
    static Grammar of(String form, String inWords) {
        return new Grammar(Pattern.compile(form), inWords);
    }

    /** Reads a value; the groups of the form are in the result. */
    Matcher match(String value) throws FormatException {
        Matcher matcher = form.matcher(value);
        if (!matcher.matches()) {
            throw new FormatException("\"" + Texts.shown(value) + "\" is not " + inWords);
        }
        return matcher;
    }
}
