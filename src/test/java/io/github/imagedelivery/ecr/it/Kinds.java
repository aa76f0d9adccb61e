package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Modules of several kinds in one reactor: a jar on the class path, a war, an executable, a jar that holds all in a layer of zstd. */
public final class Kinds {
    private Kinds() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            packaged(unpacked(scenario, "orders"));
            war(unpacked(scenario, "billing"));
            executable(unpacked(scenario, "shipping"));
            jar(unpacked(scenario, "library"));
            assertThat(compressions(scenario, "library")).containsOnlyOnce(MediaTypes.OCI_LAYER_ZSTD);
        });
    }

    private static UnpackedImage unpacked(Scenario scenario, String repository) throws Exception {
        Digest digest = scenario.onlyTags(repository, scenario.git().head(), "1.4.0");
        Path root = scenario.file("target/" + repository + "/root").toPath();
        return UnpackedImage.of(scenario.ecr(), repository, digest, root);
    }

    private static List<String> compressions(Scenario scenario, String repository) throws Exception {
        Digest digest = scenario.onlyTags(repository, scenario.git().head(), "1.4.0");
        return scenario.ecr().manifest(repository, digest).orElseThrow().layers().stream()
                .map(Descriptor::mediaType)
                .toList();
    }

    private static void packaged(UnpackedImage orders) {
        assertThat(orders.root().resolve("app/classes")).doesNotExist();
        assertThat(orders.command()).startsWith("java").endsWith("com.example.App");
        Path current = orders.root().resolve("opt/tools/current");
        assertThat(Files.isSymbolicLink(current)).isTrue();
        assertThat(current.resolve("tool.conf")).hasContent("verbose=true");
    }

    private static void war(UnpackedImage billing) {
        Path root = billing.root().resolve("usr/local/tomcat/webapps/ROOT");
        assertThat(root.resolve("index.html")).hasContent("<h1>Billing</h1>");
        assertThat(root.resolve("WEB-INF/classes/com/example/App.class")).exists();
        assertThat(root.resolve("WEB-INF/lib")).isDirectoryContaining("glob:**/slf4j-api-*.jar");
        assertThat(billing.command()).doesNotContain("com.example.App");
    }

    private static void executable(UnpackedImage shipping) throws Exception {
        assertThat(shipping.command()).hasSize(1);
        Path program = shipping.root().resolve(shipping.command().get(0).substring(1));
        assertThat(Files.isExecutable(program)).isTrue();
        assertThat(Processes.run(Map.of(), program.toString(), "shipped")).isEqualToIgnoringNewLines("shipped");
    }

    private static void jar(UnpackedImage library) throws Exception {
        assertThat(library.command()).startsWith("java", "-jar").hasSize(3);
        Path jar = library.root().resolve(library.command().get(2).substring(1));
        assertThat(Processes.run(Map.of(), "java", "-jar", jar.toString())).isNotBlank();
    }
}
