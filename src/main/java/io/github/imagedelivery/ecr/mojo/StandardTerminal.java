package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that the process writes to, as Unix tells of it. Not asked through JLine or Jansi: of the versions of Maven
 * only those before 3.10 let plugins use one of them.
 */
final class StandardTerminal implements Terminal {
    private static final Pattern ANSWER = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");
    private static final int PATIENCE_SECONDS = 2;
    /** Waits for a line, and for the end of this process, which is the end of its input. */
    private static final String HEIR = "trap '' INT TERM HUP; read word || printf %s \"$1\"";

    private final boolean canMove;

    /**
     * Creates the terminal.
     *
     * @param environment names its kind
     */
    StandardTerminal(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "dumb");
        // The output of a Maven daemon is a file.
        this.canMove = !kind.equals("dumb") && System.getProperty("mvnd.home") == null;
    }

    @Override
    public Optional<Size> size() {
        return canMove ? Optional.of(asked()).flatMap(StandardTerminal::parse) : Optional.empty();
    }

    static Optional<Size> parse(String answer) {
        Matcher matcher = ANSWER.matcher(answer);
        return matcher.matches()
                ? Optional.of(new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Asks about standard output itself, so that there is no size where it is led into a file. */
    private static String asked() {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", "exec stty size <&1 >&2")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getErrorStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** By a shell that outlives this process: under Maven 3.10 and 4, Ctrl-C ends the JVM without its shutdown hooks. */
    @Override
    public Closeable atTheEnd(String text) {
        try {
            Process heir = new ProcessBuilder("/bin/sh", "-c", HEIR, "sh", text)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return () -> {
                try (OutputStream input = heir.getOutputStream()) {
                    input.write('\n');
                }
            };
        } catch (IOException e) {
            return () -> {}; // then it is as with any program that is killed
        }
    }

    /** Not by {@code System.out}, which Maven leads elsewhere; never closed, since it is the process's. */
    @Override
    @SuppressWarnings("resource")
    public void write(String text) {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        try {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            return; // nobody looks
        }
    }
}
