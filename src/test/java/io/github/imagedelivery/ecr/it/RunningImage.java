package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A published image that runs: its files are the process's root directory, and it is started with exactly its own
 * command, variables, working directory and user. It shares network and processes with the machine, so no more than
 * {@code unshare} is needed: as root by {@code chroot(2)} alone, else with a user namespace. Linux only.
 */
final class RunningImage implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 200;
    private static final long GRACE_SECONDS = 15;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final UnpackedImage image;
    private final Path log;
    private final URI endpoint;
    private final Process process;

    private RunningImage(UnpackedImage image, Path log, int port, Process process) {
        this.image = image;
        this.log = log;
        this.endpoint = URI.create("http://127.0.0.1:" + port);
        this.process = process;
    }

    /** Returns why no image can run on this machine; empty if one can. */
    static Optional<String> obstacle() throws Exception {
        if (!JdkBase.isPossible()) {
            return Optional.of("no base image can be made of this JDK on this system");
        }
        if (Programs.find("unshare").isEmpty()) {
            return Optional.of("unshare is not installed: apt-get install util-linux");
        }
        List<String> trial = new ArrayList<>(confinement("/", "/", "65532", "65532"));
        trial.add("true");
        try {
            Processes.run(Map.of(), trial.toArray(String[]::new));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("this user may not change the root directory; be root, or allow user namespaces"
                    + " (on Ubuntu: sysctl kernel.apparmor_restrict_unprivileged_userns=0): " + e.getMessage());
        }
    }

    /** Unpacks the image below the directory and starts it; its web server is to listen on a free port. */
    static RunningImage start(LocalEcr ecr, String repository, Digest digest, Path directory) throws Exception {
        UnpackedImage image = UnpackedImage.of(ecr, repository, digest, directory.resolve("root"));
        // The one thing that the dynamic loader needs of a mounted /proc: where the program is whose libraries it
        // seeks.
        Path self = Files.createDirectories(image.root().resolve("proc/self"));
        Files.createSymbolicLink(self.resolve("exe"), Path.of(image.executable()));
        List<String> command = new ArrayList<>(
                confinement(image.root().toString(), image.workingDirectory(), image.user(), image.group()));
        command.addAll(image.command());
        int port = freePort();
        Path log = directory.resolve("service.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(image.environment());
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        return new RunningImage(image, log, port, builder.start());
    }

    /** Returns what is put before a command: the process becomes it, so that nothing remains in between. */
    private static List<String> confinement(String root, String workingDirectory, String user, String group) {
        Stream<String> identity = isRoot()
                ? Stream.of("--setgid=" + group, "--setuid=" + user)
                : Stream.of("--map-group=" + group, "--map-user=" + user);
        return Stream.concat(
                        Stream.of(
                                Programs.find("unshare").orElseThrow().toString(),
                                "--root=" + root,
                                "--wd=" + workingDirectory),
                        identity)
                .toList();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the address of a resource of the service. */
    URI uri(String path) {
        return endpoint.resolve(path);
    }

    /** Waits until the service answers the request; fails when it ends before, or takes too long. */
    String firstAnswer(String path) throws Exception {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            assertThat(process.isAlive())
                    .as(() -> "the image runs; it has said:\n" + said())
                    .isTrue();
            try {
                return get(path);
            } catch (IOException notYet) {
                process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        throw new AssertionError("the image does not answer; it has said:\n" + said());
    }

    String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    String post(String path, String text) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(() -> said()).isEqualTo(200);
        return response.body();
    }

    /** Asserts that the process has the identity that the image asks for, and that it is not root's. */
    void hasItsUser() throws IOException {
        assertThat(image.user()).isNotEqualTo("0");
        if (isRoot()) {
            assertThat(ids("status", "Uid:")).containsOnly(image.user());
            assertThat(ids("status", "Gid:")).containsOnly(image.group());
            assertThat(ids("status", "Groups:")).isEmpty();
        } else {
            assertThat(ids("uid_map", "")).first().isEqualTo(image.user());
            assertThat(ids("gid_map", "")).first().isEqualTo(image.group());
        }
    }

    private List<String> ids(String file, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file)).stream()
                .filter(line -> line.startsWith(key))
                .flatMap(line -> Stream.of(line.substring(key.length()).strip().split("\\s+")))
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends the process, and what it has started. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, GRACE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
