package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the machine's own programs. */
final class Processes {
    private static final long MINUTES = 2;

    private Processes() {}

    /** Runs a program to its end and returns what it prints; fails on any other exit code than 0. */
    static String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        return run(new File("."), environment, command);
    }

    /** Runs a program in a directory to its end and returns what it prints; fails on any other exit code than 0. */
    static String run(File directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " does not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + output);
        }
        return output;
    }
}
