package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A copy of a compiled project with its own working copy, home and directory for temporary files: all that its builds
 * write stays here and can be looked through afterwards.
 */
final class Checkout {
    private static final String ACCESS_KEY = "AKIACANARY0000000000";
    private static final String SECRET_KEY = "canary-of-the-secret-key";
    /** How a login to the data plane begins. */
    private static final String LOGIN =
            Base64.getEncoder().encodeToString("AWS:".getBytes(ISO_8859_1)).substring(0, 5);

    private final Path place;
    private final Path localRepository;

    private Checkout(Path place, Path localRepository) {
        this.place = place;
        this.localRepository = localRepository;
    }

    /** Copies what an invoker has built; the copy is at home in the project's {@code target}. */
    static Checkout of(File project, File localRepository, String name) throws IOException {
        Path place = project.toPath().resolve("target/copies").resolve(name);
        Checkout checkout = new Checkout(place, localRepository.toPath());
        Files.createDirectories(place.resolve("home"));
        Files.createDirectories(place.resolve("tmp"));
        for (String part : Objects.requireNonNull(project.list())) {
            if (!part.equals("target")) {
                copy(project.toPath().resolve(part), checkout.project().resolve(part));
            }
        }
        copy(project.toPath().resolve("target/classes"), checkout.project().resolve("target/classes"));
        return checkout;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private Path project() {
        return place.resolve("project");
    }

    Git git() {
        return new Git(project().toFile());
    }

    /** Returns the name of a file that the CI system is to read; empty at first. */
    String handedOver(String name) throws IOException {
        return Files.createFile(place.resolve(name)).toString();
    }

    /** Makes the application another one, in a commit of its own. */
    void change(String text) throws IOException, InterruptedException {
        Files.writeString(project().resolve("target/classes/application.properties"), "name=" + text + "\n");
        git().commit("Make it " + text);
    }

    /** Starts {@code mvn deploy} in a process of its own; more words may follow. */
    MavenBuild deploy(LocalEcr ecr, String... more) throws IOException {
        Map<String, String> variables = new HashMap<>(ecr.environment());
        variables.put("AWS_ACCESS_KEY_ID", ACCESS_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
        return deploy(ecr, variables, more);
    }

    /** Does the same where these variables lead to the registry. */
    MavenBuild deploy(LocalEcr ecr, Map<String, String> variables, String... more) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("--offline", "-Decr.registry=" + Scenario.REGISTRY, "-Decr.from=" + Scenario.base(ecr)));
        words.addAll(List.of(more));
        return deploy(variables, words);
    }

    /** Does the same with these words alone, which say where to. */
    MavenBuild deploy(Map<String, String> variables, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "--batch-mode",
                "-Dprebuilt",
                "-Dmaven.repo.local=" + localRepository,
                // Where an artifact once came from does not matter.
                "-Daether.enhancedLocalRepository.trackingFilename=none",
                "-Decr.cacheDirectory=target/cache"));
        command.addAll(words);
        command.add("deploy");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project().toFile());
        environment(builder.environment(), variables);
        return MavenBuild.start(builder, place.resolve("build.log"));
    }

    private void environment(Map<String, String> environment, Map<String, String> variables) {
        environment.keySet().removeIf(name -> name.matches("(?:AWS|GITHUB|ACTIONS)_.*"));
        environment.putAll(variables);
        environment.put(
                "MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx256m -XX:-UsePerfData");
        // Unlike MAVEN_OPTS this one takes a path with spaces.
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "'-Djava.io.tmpdir=" + place.resolve("tmp") + "' '-Duser.home=" + place.resolve("home") + "'");
    }

    /** Returns the report of the last build; an empty object where it has written none. */
    Json report() throws Exception {
        Path report = project().resolve("target/ecr/push.json");
        return Files.exists(report) ? Json.parse(Files.readAllBytes(report)) : Json.object();
    }

    /** Returns how the last build ended as its report says; an empty text where it did not come to that. */
    String result() throws Exception {
        return report().get("result").text().orElse("");
    }

    /** Returns how far the last build came as its report says; an empty text where it sent nothing. */
    String phase() throws Exception {
        return report().get("phase").text().orElse("");
    }

    /** Tells whether there is the file that promises both tags. */
    boolean promisesBothTags() {
        return Files.exists(project().resolve("target/ecr/digest"));
    }

    /** Asserts that the builds wrote nothing but below {@code target}, and a secret nowhere. */
    void isClean(LocalEcr ecr) throws Exception {
        assertThat(git().status()).as("changes in the working copy").isEmpty();
        assertThat(files("home")).as("files in the home directory").isEmpty();
        assertThat(files("tmp")).as("temporary files").isEmpty();
        Canary canary = Canary.of(List.of(ACCESS_KEY, SECRET_KEY, LOGIN));
        canary.isNowhereBelow(place);
        canary.isInNoImageOf(ecr);
    }

    private List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(place.resolve(directory))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Removes the copy. */
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
