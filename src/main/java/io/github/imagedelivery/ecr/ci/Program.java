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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of this machine that is run so that it cannot hang: without input, for a limited time and a limited output.
 *
 * @param executable absolute path of the executable
 * @param environment environment variables that it gets, and no others; some may be secrets
 * @param limit how long one run may take
 */
record Program(Path executable, Map<String, String> environment, Duration limit) {
    /** Bytes of each stream that are read; more than enough for what is asked here. */
    private static final int MAX_OUTPUT = 1024 * 1024;

    Program {
        environment = Map.copyOf(environment);
    }

    /**
     * What a run gave.
     *
     * @param exit exit status; 0 also where the output was cut
     * @param out what was written to standard output, its beginning if it was too long
     * @param error what was written to standard error
     */
    record Output(int exit, String out, String error) {
        /** Shows no output, which may hold a token. */
        @Override
        public String toString() {
            return "exit status " + exit;
        }
    }

    /** Finds an executable on the {@code PATH} of the environment; relative entries of it are not followed. */
    static Optional<Path> find(String name, Map<String, String> environment) {
        String file = File.separatorChar == '\\' ? name + ".exe" : name;
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase("PATH"))
                .flatMap(entry -> List.of(entry.getValue().split(File.pathSeparator)).stream())
                .map(File::new)
                .filter(File::isAbsolute)
                .map(directory -> directory.toPath().resolve(file))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }

    /**
     * Runs the program in the directory.
     *
     * @throws IOException if it cannot be started or does not end in time; the message goes on after the program's name
     */
    Output run(Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new IOException("could not be started: " + Texts.shown(String.valueOf(e.getMessage())), e);
        }
        try {
            return await(process);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Output await(Process process) throws IOException {
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
            throw new IOException("did not end within " + limit.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new IOException("gave an output that could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("was running when this build was interrupted", e);
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
        reader.setName("program output");
        reader.setDaemon(true);
        reader.start();
        return read;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return executable.toString();
    }
}
