package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A working copy of a sample, compiled already: Maven has nothing to do in it but what it is measured at.
 *
 * @param directory the working copy
 * @param modules the directories of the modules with an application
 */
record Project(Path directory, List<Path> modules) {
    static Project write(Path directory, Shape shape) throws IOException, InterruptedException {
        List<Path> services =
                shape.services().stream().map(directory::resolve).toList();
        Project project = new Project(directory, services.isEmpty() ? List.of(directory) : services);
        // Ends Maven's search for the root of the project, whose flags of the JVM are not for this one.
        Files.createDirectories(directory.resolve(".mvn"));
        Files.writeString(directory.resolve("pom.xml"), Pom.of(shape), UTF_8);
        Files.writeString(directory.resolve(".gitignore"), "target/\n", UTF_8);
        for (Path module : project.modules()) {
            Path resources = Files.createDirectories(module.resolve("target/classes"));
            Files.writeString(
                    resources.resolve("application.properties"), "name=" + module.getFileName() + "\n", UTF_8);
        }
        for (Path service : services) {
            Files.writeString(
                    service.resolve("pom.xml"), Pom.ofService(service.getFileName().toString()), UTF_8);
        }
        project.git("init", "-q");
        project.change(0);
        return project;
    }

    /** Changes the one class that each module has, compiles and commits. */
    void change(int revision) throws IOException, InterruptedException {
        for (Path module : modules) {
            change(module, revision);
        }
        git("add", "-A");
        git("-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-q", "-m", "Change " + revision);
    }

    private static void change(Path module, int revision) throws IOException {
        Path source = module.resolve("src/main/java/com/example/Main.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, """
                package com.example;

                public final class Main {
                    public static void main(String[] arguments) {
                        System.out.println("%s, revision %d");
                    }
                }
                """.formatted(module.getFileName(), revision), UTF_8);
        Path classes = module.resolve("target/classes");
        String[] arguments = {"--release", "17", "-d", classes.toString(), source.toString()};
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
            throw new IOException("the sample cannot be compiled");
        }
    }

    /** Removes what builds have left in the working copy, but for what is compiled. */
    void clean() throws IOException {
        delete(directory.resolve("target"), "classes");
        for (Path module : modules) {
            delete(module.resolve("target"), "classes");
        }
    }

    private static void delete(Path directory, String butFor) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> left = Files.list(directory)) {
            for (Path path : left.filter(path -> !path.endsWith(butFor)).toList()) {
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
