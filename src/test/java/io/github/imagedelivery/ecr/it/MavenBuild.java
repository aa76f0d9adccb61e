package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.local.Hold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Maven build in a process of its own, which a test may end at any moment. Closing it ends it. */
final class MavenBuild implements AutoCloseable {
    private static final long LONGEST_SECONDS = 180;
    private static final int HOLDS = 4;
    private static final Path PROCESSES = Path.of("/proc");

    private final Process process;
    private final Path log;

    private MavenBuild(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a process; what it prints goes to the file. */
    static MavenBuild start(ProcessBuilder builder, Path log) throws IOException {
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        return new MavenBuild(process, log);
    }

    /** Waits until a request has come to be held; a build that ends before fails the test. */
    void awaitHeld(Hold hold) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                hold.awaitArrival();
                return;
            } catch (IllegalStateException e) {
                if (!process.isAlive() || tries == HOLDS) {
                    throw new AssertionError("the build made no request to hold:\n" + log(), e);
                }
            }
        }
    }

    /** Ends the process as {@code kill -9} does. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        await();
    }

    /** Lets the process run on for so long at most, then ends it as {@code kill -9} does. */
    void killAfter(long millis) throws IOException, InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        kill();
    }

    /** Asks the process to end, as a CI server does when a job is cancelled: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end of the process, and returns its exit code. */
    int await() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the build does not end:\n" + log());
        }
        return process.exitValue();
    }

    /** Waits until the process has a thread of that name: that of a shutdown hook shows that a signal has come. */
    void awaitThread(String name) throws IOException, InterruptedException {
        for (int looks = 0; looks < 3_000; looks++) {
            if (hasThread(name)) {
                return;
            }
            if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new AssertionError("the build has no thread " + name + ":\n" + log());
    }

    private boolean hasThread(String name) throws IOException {
        // The kernel keeps 15 characters of a name.
        String kept = name.substring(0, Math.min(15, name.length()));
        try (Stream<Path> threads = Files.list(PROCESSES.resolve(process.pid() + "/task"))) {
            return threads.anyMatch(thread -> kept.equals(nameOf(thread)));
        } catch (NoSuchFileException hasEnded) {
            return false;
        }
    }

    private static String nameOf(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"), UTF_8).strip();
        } catch (IOException hasEnded) {
            return "";
        }
    }

    /** Tells whether the machine shows the threads of its processes. */
    static boolean canShowThreads() {
        return Files.isDirectory(PROCESSES.resolve("self/task"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns what the process, and those before it in the same directory, have printed. */
    String log() throws IOException {
        return Files.readString(log, UTF_8);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
