package io.github.imagedelivery.ecr.oci;

/** Makes text from outside safe to show in a message or a log. */
public final class Texts {
    private static final int LONGEST_SHOWN = 200;

    private Texts() {}

    /**
     * Returns the text on one line and without control characters (terminal escapes, line breaks that would fake a log
     * line), cut after 200 characters.
     */
    public static String shown(String foreign) {
        return shown(foreign, LONGEST_SHOWN);
    }

    /** Does the same for a text that is cut after so many characters. */
    public static String shown(String foreign, int longest) {
        String cut = foreign.length() > longest ? foreign.substring(0, longest) + "..." : foreign;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
