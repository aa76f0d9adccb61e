package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The other end of {@link RegistryProcess}: starts it, speaks to it, ends it. */
final class RegistryHandle implements AutoCloseable {
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;
    private final Map<String, String> variables = new HashMap<>();

    private RegistryHandle(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Starts registries; the directories are the arguments of the process. */
    static RegistryHandle start(Path... directories) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RegistryProcess.class.getName()));
        Stream.of(directories).map(Path::toString).forEach(command::add);
        RegistryHandle handle = new RegistryHandle(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        for (String line : handle.answer()) {
            int equals = line.indexOf('=');
            handle.variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return handle;
    }

    Map<String, String> variables() {
        return variables;
    }

    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    void createRepository(String name) throws IOException {
        commands.println(RegistryProcess.CREATE + name);
        answer();
    }

    /** Makes a base image of so many layers in the other registry, and returns its name. */
    String makeBase(long layers) throws IOException {
        commands.println(RegistryProcess.BASE + layers);
        return answer().get(0);
    }

    /** Returns the names of the tags of the repository. */
    List<String> tags(String repository) throws IOException {
        commands.println(RegistryProcess.TAGS + repository);
        return answer();
    }

    /** Returns the sizes of the layers and configs of the repository's images, by digest. */
    Map<String, Long> blobs(String repository) throws IOException {
        commands.println(RegistryProcess.BLOBS + repository);
        Map<String, Long> blobs = new HashMap<>();
        for (String line : answer()) {
            String[] parts = line.split(" ", -1);
            blobs.put(parts[0], Long.valueOf(parts[1]));
        }
        return blobs;
    }

    /** Returns what was counted since the last time. */
    Traffic count() throws IOException, FormatException {
        commands.println(RegistryProcess.COUNT);
        return Traffic.read(Json.parse(answer().get(0)));
    }

    private List<String> answer() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = answers.readLine(); !RegistryProcess.DONE.equals(line); line = answers.readLine()) {
            if (line == null) {
                throw new IOException("the registry's process has ended");
            }
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() {
        commands.close();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
