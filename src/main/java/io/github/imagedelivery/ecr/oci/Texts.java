package io.github.imagedelivery.ecr.oci;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes text from outside safe to show in a message or a log. */
public final class Texts {
    private static final int LONGEST_SHOWN = 200;

    /** What is looked at beyond the cut, where a secret may end that begins before it; no text is read to its end. */
    private static final int LOOKED_AT = 8 * 1024;

    private static final long BYTES_IN_KB = 1_000;
    private static final long BYTES_IN_MB = 1_000_000;

    /**
     * How a command to the runner begins: at the start of a line for GitHub Actions, anywhere in it for its old form
     * and for Azure Pipelines.
     */
    private static final Pattern COMMAND = Pattern.compile("^:(?=:)|#(?=#(?:\\[|vso\\[))");

    private Texts() {}

    /**
     * Returns the text on one line, without control characters (terminal escapes, line breaks that would fake a log
     * line), without invisible ones (which turn the order of the text around), and without what has the shape of a
     * secret: web tokens, access keys, authorizations, the values in a query. What a CI system would take for a command
     * to it is broken up by a blank. Cut after 200 characters.
     */
    public static String shown(String foreign) {
        return shown(foreign, LONGEST_SHOWN);
    }

    /** Does the same for a text that is cut after so many characters. */
    public static String shown(String foreign, int longest) {
        String beginning = foreign.substring(0, Math.min(foreign.length(), longest + LOOKED_AT));
        String safe = Secrecy.hidden(beginning);
        String shown = safe.codePoints()
                .limit(longest)
                .map(c -> isPlain(c) ? c : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        boolean cut = safe.codePoints().skip(longest).findAny().isPresent();
        return COMMAND.matcher((cut ? shown + "..." : shown).strip()).replaceAll("$0 ");
    }

    /** Says how many bytes those are: {@code 340 bytes}, {@code 1.2 kB}, {@code 93.1 MB}. */
    public static String size(long bytes) {
        if (bytes < BYTES_IN_KB) {
            return bytes + " bytes";
        }
        return bytes < BYTES_IN_MB
                ? String.format(Locale.ROOT, "%.1f kB", bytes / (double) BYTES_IN_KB)
                : String.format(Locale.ROOT, "%.1f MB", bytes / (double) BYTES_IN_MB);
    }

    /** Returns the texts as a sentence names them: {@code a}, {@code a and b}, {@code a, b and c}. */
    public static String enumerated(List<String> texts) {
        int last = texts.size() - 1;
        return last < 1
                ? String.join("", texts)
                : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
