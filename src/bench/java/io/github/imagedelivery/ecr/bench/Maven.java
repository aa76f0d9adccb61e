package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs Maven as a process of its own below GNU time, which is told by the kernel what the process has cost.
 *
 * @param home of Maven
 * @param repository the local repository
 * @param log what the last run has said
 * @param flags of the JVM
 */
record Maven(Path home, Path repository, Path log, List<String> flags) {
    private static final Path TIME = Path.of("/usr/bin/time");
    private static final int LONGEST_MINUTES = 10;
    private static final int KIBI = 1024;

    Maven with(List<String> others) {
        return new Maven(home, repository, log, others);
    }

    /** Returns one whose JVM writes each class that it loads into the file. */
    Maven listing(Path file) {
        return with(Stream.concat(flags.stream(), Stream.of("-Xlog:class+load:file=" + file + "::filecount=0"))
                .toList());
    }

    /** Runs Maven in the directory and returns what that has cost and what the registries have counted meanwhile. */
    MavenRun run(Path directory, List<String> arguments, Way way)
            throws IOException, InterruptedException, FormatException {
        way.registry().count();
        way.takeMost();
        Path costs = log.resolveSibling("costs");
        run(
                directory,
                arguments,
                List.of(TIME.toString(), "-f", "%e %U %S %M", "-o", costs.toString()),
                way.registry().variables());
        String[] numbers = Files.readString(costs).strip().split(" ", -1);
        return new MavenRun(
                millis(numbers[0]),
                millis(numbers[1]) + millis(numbers[2]),
                Long.parseLong(numbers[3]) * KIBI,
                way.registry().count(),
                way.takeMost(),
                0);
    }

    /** Runs Maven, unmeasured. */
    void run(Path directory, List<String> arguments) throws IOException, InterruptedException {
        run(directory, arguments, List.of(), Map.of());
    }

    private void run(Path directory, List<String> arguments, List<String> before, Map<String, String> variables)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(home.resolve("bin/mvn").toString(), "-B", "-Dmaven.repo.local=" + repository));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(?:AWS|MAVEN|CI|GITHUB|JDK_JAVA|JAVA_TOOL).*"));
        builder.environment().putAll(variables);
        builder.environment().put("MAVEN_OPTS", String.join(" ", flags));
        Process process = builder.redirectInput(new File("/dev/null")).start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.waitFor() != 0) {
            throw new IOException("Maven has failed, see " + log + ": " + command);
        }
    }

    /** Reads seconds with two digits behind the point. */
    private static long millis(String seconds) {
        return new BigDecimal(seconds).movePointRight(3).longValueExact();
    }
}
