package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of Debian's {@code docker-registry} on a free loopback port. */
final class DockerRegistry implements AutoCloseable {
    static final String USER = "AWS";
    static final String PASSWORD = "open-sesame";

    private static final String BCRYPT = "$2b$04$abcdefghijklmnopqrstuuXcjcm5avyCiJoD2uS24xa2lb6fjMB3G";
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:[0-9]+)");

    private final Process process;
    private final Path dir;
    private final String host;

    private DockerRegistry(Process process, Path dir, String host) {
        this.process = process;
        this.dir = dir;
        this.host = host;
    }

    /** Skips the test where the programs are not installed, but never in CI. */
    static void assumeInstalled(String... programs) {
        for (String program : programs) {
            boolean installed = Stream.of(System.getenv("PATH").split(":", -1))
                    .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
            assumeTrue(
                    installed || System.getenv("CI") != null,
                    program + " is not installed (apt-get install " + program + ")");
        }
    }

    /** Starts the process with its storage in the directory; waits until it listens. */
    static DockerRegistry start(Path dir, boolean withPassword) throws IOException {
        Path users = Files.writeString(dir.resolve("users"), USER + ":" + BCRYPT + "\n");
        String auth = withPassword ? "auth: {htpasswd: {realm: test, path: '" + users + "'}}\n" : "";
        Path config = Files.writeString(dir.resolve("config.yml"), """
                version: 0.1
                log: {level: info}
                storage: {filesystem: {rootdirectory: '%s'}}
                http: {addr: '127.0.0.1:0', secret: test}
                %s""".formatted(dir.resolve("storage"), auth));
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader log = process.inputReader(UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            lines.add(line);
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                drain(log);
                return new DockerRegistry(process, dir, listening.group(1));
            }
        }
        throw new IOException("docker-registry did not start: " + lines);
    }

    /** A full pipe would stop the process. */
    private static void drain(BufferedReader log) {
        Thread drain = new Thread(() -> log.lines().forEach(line -> {}), "docker-registry-log");
        drain.setDaemon(true);
        drain.setUncaughtExceptionHandler((thread, e) -> {});
        drain.start();
    }

    String host() {
        return host;
    }

    URI uri() {
        return URI.create("http://" + host);
    }

    /** Copies an image from an OCI layout on disk by {@code skopeo}. */
    void copyFrom(String layout, String reference) throws IOException, InterruptedException {
        Path log = dir.resolve("skopeo.log");
        Process skopeo = new ProcessBuilder(
                        "skopeo",
                        "--insecure-policy",
                        "copy",
                        "--all",
                        "--preserve-digests",
                        "--dest-tls-verify=false",
                        "--dest-creds=" + USER + ":" + PASSWORD,
                        "oci:" + layout,
                        "docker://" + host + "/" + reference)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(skopeo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(skopeo.exitValue()).as(Files.readString(log)).isZero();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
