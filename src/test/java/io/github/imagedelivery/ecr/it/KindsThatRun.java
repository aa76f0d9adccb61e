package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What real plugins make, each started as its image says: a jar of Spring Boot by its layers, a war on Tomcat, Quarkus'
 * layout, and a jar of the module's own.
 */
public final class KindsThatRun {
    private static final String VERSION = "1.4.0";

    private KindsThatRun() {}

    public static void prepare(Map<String, Object> context, File directory, String buildDirectory) throws Exception {
        Path work = Files.createDirectories(directory.toPath().resolve("target"));
        LocalEcr ecr = Scenario.registry();
        JdkBase java = JdkBase.make(work.resolve("base"));
        Path distribution = Path.of(buildDirectory, "tomcat", "distribution");
        JdkBase tomcat = TomcatBase.make(java, distribution, work.resolve("base/tomcat"));
        Scenario scenario = Scenario.start(context, directory, ecr);
        scenario.property(context, "base.java", seed(ecr, "base/java", java));
        scenario.property(context, "base.tomcat", seed(ecr, "base/tomcat", tomcat));
        scenario.property(context, "ecr.platform", JdkBase.platform());
    }

    private static String seed(LocalEcr ecr, String repository, JdkBase base) throws IOException {
        ecr.createRepository(repository);
        ecr.seed(repository, "1", base.manifest(), base.blobs());
        return ecr.registryHost() + "/" + repository + "@" + base.manifest().digest();
    }

    public static void afterFirst(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(scenario.log())
                .contains("packed as ecr.kind layered", "packed as ecr.kind war", "packed as ecr.kind quarkus");
        assertThat(uploaded(scenario)).containsExactly("dependencies", "spring-boot-loader", "application");
        Optional<String> obstacle = RunningImage.obstacle();
        if (obstacle.isEmpty()) {
            answers(scenario, "orders", "/orders", "one order");
            answers(scenario, "billing", "/index.html", "<h1>Billing</h1>\n");
            answers(scenario, "shipping", "/parcels", "one parcel");
            answers(scenario, "library", "/books", "one book");
        }
        assertThat(Programs.areMandatory() && obstacle.isPresent())
                .as(() -> "a CI job on Linux starts the images: " + obstacle)
                .isFalse();
        change(scenario);
    }

    private static void answers(Scenario scenario, String repository, String path, String answer) throws Exception {
        Path directory = scenario.file("target/run/" + repository).toPath();
        try (RunningImage image = RunningImage.start(
                scenario.ecr(),
                repository,
                scenario.onlyTags(repository, scenario.git().head(), VERSION),
                directory)) {
            assertThat(image.firstAnswer(path)).isEqualTo(answer);
            image.hasItsUser();
            if (repository.equals("billing")) {
                assertThat(image.get("/bills")).isEqualTo("org.slf4j.helpers.NOPLoggerFactory");
            }
        }
    }

    private static void change(Scenario scenario) throws Exception {
        Path source = scenario.file("orders/src/main/java/com/example/App.java").toPath();
        Files.writeString(source, Files.readString(source).replace("one order", "two orders"));
        for (String pom :
                List.of("pom.xml", "orders/pom.xml", "billing/pom.xml", "shipping/pom.xml", "library/pom.xml")) {
            Path file = scenario.file(pom).toPath();
            Files.writeString(
                    file, Files.readString(file).replace("<version>1.4.0</version>", "<version>1.5.0</version>"));
        }
        scenario.git().commit("Take a second order");
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> assertThat(uploaded(scenario)).containsExactly("application"));
    }

    private static List<String> uploaded(Scenario scenario) throws Exception {
        return scenario.report("orders").get("layers").items().stream()
                .filter(layer -> layer.get("fate").text().orElse("").equals("uploaded"))
                .map(layer -> layer.get("name").text().orElse(""))
                .toList();
    }
}
