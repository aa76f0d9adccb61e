package io.github.imagedelivery.ecr.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The POMs of a sample. The command names registry, repository and tag, as it does for both tools. */
final class Pom {
    /** The property that has host and port of the registry. */
    static final String REGISTRY = "bench.registry";

    /** The property that has the repository, or the beginning of the names of several. */
    static final String REPOSITORY = "bench.repository";

    /** The property that has the first tag. */
    static final String TAG = "bench.tag";

    private Pom() {}

    /** Returns the POM of a project, that of the parent where there are services. */
    static String of(Shape shape) {
        boolean single = shape.services().isEmpty();
        String repository = "${" + REPOSITORY + "}" + (single ? "" : "/${project.artifactId}");
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId>
                  <artifactId>orders</artifactId>
                  <version>1</version>
                  <packaging>%s</packaging>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <ecr.name>%s</ecr.name>
                    <jib.to.image>${%s}/%s:${%s}</jib.to.image>
                  </properties>
                  <modules>
                %s  </modules>
                  <dependencies>
                %s  </dependencies>
                </project>
                """.formatted(
                        single ? "jar" : "pom",
                        repository,
                        REGISTRY,
                        repository,
                        TAG,
                        shape.services().stream()
                                .map(service -> "    <module>" + service + "</module>\n")
                                .collect(Collectors.joining()),
                        dependencies(shape));
    }

    private static String dependencies(Shape shape) {
        return IntStream.range(0, shape.jars())
                .mapToObj(i -> """
                            <dependency>
                              <groupId>%s</groupId>
                              <artifactId>%s-%d</artifactId>
                              <version>1</version>
                            </dependency>
                        """.formatted(LocalRepository.GROUP, shape, i))
                .collect(Collectors.joining());
    }

    /** Returns the POM of a module, which has all but its name from its parent. */
    static String ofService(String name) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>com.example</groupId>
                    <artifactId>orders</artifactId>
                    <version>1</version>
                  </parent>
                  <artifactId>%s</artifactId>
                </project>
                """.formatted(name);
    }
}
