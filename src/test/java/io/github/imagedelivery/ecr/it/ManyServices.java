package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;

/**
 * Modules {@code s001}, {@code s002} and so on, compiled already, each a service of one class and a resource with its
 * name, and the reactors that they are in. Module {@code s002} depends on {@code s001}.
 */
record ManyServices(Path directory) {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>com.example</groupId>
                <artifactId>services</artifactId>
                <version>1.4.0</version>
                <relativePath>PARENT</relativePath>
              </parent>
            """;

    static List<String> names(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(Locale.ROOT, "s%03d", number))
                .toList();
    }

    /** Writes that many modules. */
    void writeModules(int count) throws IOException {
        Path compiled = compile();
        for (String name : names(count)) {
            Path module = directory.resolve(name);
            Path classes = Files.createDirectories(module.resolve("target/classes"));
            Files.copy(compiled, classes.resolve("Service.class"));
            Files.writeString(classes.resolve("name.txt"), name, UTF_8);
            Files.writeString(module.resolve("pom.xml"), module(name), UTF_8);
        }
    }

    /** Writes the reactor of the first modules. */
    void writeReactor(int count) throws IOException {
        String modules = names(count).stream()
                .map(name -> "    <module>" + name + "</module>\n")
                .collect(Collectors.joining());
        Files.writeString(
                directory.resolve("of-" + count + ".xml"),
                HEAD.replace("PARENT", "pom.xml") + """
                  <artifactId>reactor</artifactId>
                  <packaging>pom</packaging>
                  <modules>
                %s  </modules>
                </project>
                """.formatted(modules),
                UTF_8);
    }

    private Path compile() throws IOException {
        Path work = Files.createDirectories(directory.resolve("target/service"));
        Path source = Files.writeString(
                work.resolve("Service.java"),
                "class Service { public static void main(String[] arguments) {} }",
                UTF_8);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-d", work.toString(), source.toString());
        assertThat(result).isZero();
        return work.resolve("Service.class");
    }

    private static String module(String name) {
        String dependency = name.equals("s002") ? """
                  <dependencies>
                    <dependency>
                      <groupId>com.example</groupId>
                      <artifactId>s001</artifactId>
                      <version>1.4.0</version>
                      <type>pom</type>
                    </dependency>
                  </dependencies>
                """ : "";
        return HEAD.replace("PARENT", "../pom.xml") + """
                  <artifactId>NAME</artifactId>
                  <properties>
                    <works.NAME>true</works.NAME>
                    <works>${works.NAME}</works>
                    <skip.NAME>false</skip.NAME>
                    <ecr.skip>${skip.NAME}</ecr.skip>
                  </properties>
                """.replace("NAME", name) + dependency + "</project>\n";
    }
}
