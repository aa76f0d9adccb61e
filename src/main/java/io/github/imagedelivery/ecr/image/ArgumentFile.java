package io.github.imagedelivery.ecr.image;

import java.util.regex.Pattern;

/**
 * A file of arguments for the {@code java} launcher ({@code java @file}, JDK 9 and later). It fixes the order of the
 * class path, which {@code libs/*} leaves to the file system, and keeps the entrypoint short.
 */
final class ArgumentFile {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\\s\"'#\\\\]");

    private ArgumentFile() {}

    /** Returns the text of a file of one argument, such that the launcher reads the argument back. */
    static String of(String argument) {
        return NEEDS_QUOTES.matcher(argument).find()
                ? "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : argument;
    }
}
