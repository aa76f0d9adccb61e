package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Applications as Maven leaves them in a module, small and always the same. */
final class TestApplication {
    static final String MAIN_CLASS = "demo.Main";

    static final Map<String, byte[]> CLASSES = compile(Map.of("demo.Main", """
            package demo;
            public class Main {
                public static void main(String[] args) {
                    System.out.println(new Greeting().text());
                }
            }
            """, "demo.Greeting", """
            package demo;
            class Greeting {
                String text() {
                    return "hello";
                }
            }
            """));

    final Path directory;
    private final List<Library> libraries = new ArrayList<>();

    private TestApplication(Path directory) {
        this.directory = directory;
    }

    static byte[] classFile(String name) {
        return Objects.requireNonNull(CLASSES.get(name));
    }

    /** Two classes, two resources, four libraries of all origins. */
    static TestApplication in(Path directory) {
        TestApplication application = new TestApplication(directory);
        CLASSES.forEach((name, bytes) -> application.file(name.replace('.', '/') + ".class", bytes));
        application.file("application.properties", "server.port=8080\n");
        application.file("static/index.html", "<p>hello</p>\n");
        application.library("web-1.0.jar", Origin.RELEASE, "web");
        application.library("core-2.0-SNAPSHOT.jar", Origin.SNAPSHOT, "core");
        application.library("model-1.jar", Origin.PROJECT, "model");
        application.library("api-3.1.jar", Origin.RELEASE, "api");
        return application;
    }

    /** No file at all. */
    static TestApplication emptyIn(Path directory) {
        return new TestApplication(directory);
    }

    Path classes() {
        return directory.resolve("target/classes");
    }

    TestApplication file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    TestApplication file(String name, byte[] content) {
        write(classes().resolve(name), content);
        return this;
    }

    TestApplication library(String path, Origin origin, String content) {
        Path jar = directory.resolve("repository").resolve(path);
        write(jar, content.getBytes(StandardCharsets.UTF_8));
        libraries.add(new Library(jar, origin));
        return this;
    }

    TestApplication library(Path jar, Origin origin) {
        libraries.add(new Library(jar, origin));
        return this;
    }

    List<Library> libraries() {
        return List.copyOf(libraries);
    }

    JavaApplication application() {
        return new JavaApplication(classes(), libraries, MAIN_CLASS, 17);
    }

    ImagePlan plan() {
        return plan(ContainerSettings.DEFAULT);
    }

    ImagePlan plan(ContainerSettings settings) {
        return new ImagePlan(
                application(), settings, Map.of("b", "2", "a", "1"), Instant.parse("2026-01-02T03:04:05Z"));
    }

    static Map<String, byte[]> compile(Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        JavaFileManager files =
                new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return classes.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                            }
                        };
                    }
                };
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(new Source(name, source)));
        if (!compiler.getTask(null, files, null, List.of("--release", "17", "-g:none"), null, units)
                .call()) {
            throw new IllegalArgumentException("does not compile: " + sources.keySet());
        }
        Map<String, byte[]> compiled = new LinkedHashMap<>();
        classes.forEach((name, bytes) -> compiled.put(name, bytes.toByteArray()));
        return compiled;
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
