package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A working copy of a sample, compiled already: Maven has nothing to do in it but what it is measured at.
 *
 * @param directory the working copy
 */
record Project(Path directory) {
    static Project write(Path directory, Shape shape) throws IOException, InterruptedException {
        Project project = new Project(directory);
        // Ends Maven's search for the root of the project, whose flags of the JVM are not for this one.
        Files.createDirectories(directory.resolve(".mvn"));
        Files.writeString(directory.resolve("pom.xml"), pom(shape), UTF_8);
        Files.writeString(directory.resolve(".gitignore"), "/target/\n", UTF_8);
        Path resources = Files.createDirectories(directory.resolve("target/classes"));
        Files.writeString(resources.resolve("application.properties"), "server.port=8080\n", UTF_8);
        project.git("init", "-q");
        project.change(0);
        return project;
    }

    private static String pom(Shape shape) {
        String dependencies = IntStream.range(0, shape.jars())
                .mapToObj(i -> """
                            <dependency>
                              <groupId>%s</groupId>
                              <artifactId>%s-%d</artifactId>
                              <version>1</version>
                            </dependency>
                        """.formatted(LocalRepository.GROUP, shape, i))
                .collect(Collectors.joining());
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId>
                  <artifactId>orders</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                  </properties>
                  <dependencies>
                %s  </dependencies>
                </project>
                """.formatted(dependencies);
    }

    /** Changes the one class that there is, compiles and commits it. */
    void change(int revision) throws IOException, InterruptedException {
        Path source = directory.resolve("src/main/java/com/example/Main.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, """
                package com.example;

                public final class Main {
                    public static void main(String[] arguments) {
                        System.out.println("revision %d");
                    }
                }
                """.formatted(revision), UTF_8);
        Path classes = directory.resolve("target/classes");
        String[] arguments = {"--release", "17", "-d", classes.toString(), source.toString()};
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
            throw new IOException("the sample cannot be compiled");
        }
        git("add", "-A");
        git("-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-q", "-m", "Change " + revision);
    }

    /** Removes what builds have left in the working copy, but for what is compiled. */
    void clean() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("target"))) {
            for (Path path : left.filter(path -> !path.endsWith("classes")).toList()) {
                delete(path);
            }
        }
    }

    /** Deletes the file or directory, if it is there. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<File> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).map(Path::toFile).toList();
            deepestFirst.forEach(File::delete);
        }
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git =
                new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
        if (git.waitFor() != 0) {
            throw new IOException("git has failed: " + command);
        }
    }
}
