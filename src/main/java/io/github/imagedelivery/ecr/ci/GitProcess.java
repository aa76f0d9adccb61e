package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the {@code git} executable so that it can neither hang nor change anything: without input, prompts, optional
 * locks or file system monitor, for a limited time and a limited output, its words in English.
 *
 * @param executable absolute path of the executable
 * @param environment environment variables that it gets
 * @param limit how long one run may take
 */
record GitProcess(Path executable, Map<String, String> environment, Duration limit) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Bytes of each stream that are read; more than enough for what is asked here. */
    private static final int MAX_OUTPUT = 1024 * 1024;

    /** Variables that would turn Git's eye from the directory to another repository; Git sets them for its hooks. */
    private static final List<String> REPOSITORY_VARIABLES = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_COMMON_DIR",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_NAMESPACE",
            "GIT_PREFIX");

    /** Cleans the environment. */
    GitProcess {
        Map<String, String> cleaned = new HashMap<>(environment);
        cleaned.keySet().removeAll(REPOSITORY_VARIABLES);
        cleaned.put("LC_ALL", "C");
        cleaned.put("GIT_OPTIONAL_LOCKS", "0");
        cleaned.put("GIT_TERMINAL_PROMPT", "0");
        environment = Map.copyOf(cleaned);
    }

    /**
     * What a run gave.
     *
     * @param exit exit status; 0 also where the output was cut
     * @param out what was written to standard output, its beginning if it was too long
     * @param error what was written to standard error
     */
    record Output(int exit, String out, String error) {}

    /** Finds the executable on the {@code PATH} of the environment; relative entries of it are not followed. */
    static Optional<GitProcess> find(Map<String, String> environment) {
        String name = File.separatorChar == '\\' ? "git.exe" : "git";
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase("PATH"))
                .flatMap(entry -> List.of(entry.getValue().split(File.pathSeparator)).stream())
                .map(File::new)
                .filter(File::isAbsolute)
                .map(directory -> directory.toPath().resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new GitProcess(file, environment, LIMIT));
    }

    /**
     * Runs {@code git} in the directory.
     *
     * @throws WorkingCopyException if it cannot be started or does not end in time
     */
    Output run(Path directory, List<String> arguments) throws WorkingCopyException {
        List<String> command = new ArrayList<>(List.of(executable.toString(), "-c", "core.fsmonitor=false"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new WorkingCopyException(
                    "git could not be started: " + Texts.shown(String.valueOf(e.getMessage())), e);
        }
        try {
            return await(process);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Output await(Process process) throws WorkingCopyException {
        long end = System.nanoTime() + limit.toNanos();
        CompletableFuture<byte[]> out = beginning(process.getInputStream());
        CompletableFuture<byte[]> error = beginning(process.getErrorStream());
        try {
            byte[] read = out.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (read.length == MAX_OUTPUT) {
                return new Output(0, text(read), "");
            }
            String words = text(error.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
            if (process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return new Output(process.exitValue(), text(read), words);
            }
            throw new TimeoutException();
        } catch (TimeoutException e) {
            throw new WorkingCopyException("git did not end within " + limit.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new WorkingCopyException("git's output could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkingCopyException("interrupted while git was running", e);
        }
    }

    private static CompletableFuture<byte[]> beginning(InputStream stream) {
        CompletableFuture<byte[]> read = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (stream) {
                read.complete(stream.readNBytes(MAX_OUTPUT));
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
        reader.setName("git output");
        reader.setDaemon(true);
        reader.start();
        return read;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
