package io.github.imagedelivery.ecr.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real repository that the git command makes, whatever the machine's own configuration of Git is. */
record GitRepository(Path root) {
    static final String COMMITTED_AT = "2026-03-01T10:00:00Z";

    static GitRepository init(Path root, String... options) throws Exception {
        Files.createDirectories(root);
        GitRepository repository = new GitRepository(root);
        List<String> arguments = new ArrayList<>(List.of("init", "-q", "--initial-branch=main"));
        arguments.addAll(List.of(options));
        repository.git(arguments.toArray(String[]::new));
        return repository;
    }

    /** Makes a repository with one commit of one file. */
    static GitRepository withCommit(Path root, String... options) throws Exception {
        GitRepository repository = init(root, options);
        repository.write("a.txt", "one");
        repository.commit("first");
        return repository;
    }

    static Map<String, String> environment(Path home) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_AUTHOR_NAME", "Test");
        environment.put("GIT_AUTHOR_EMAIL", "test@example.com");
        environment.put("GIT_AUTHOR_DATE", COMMITTED_AT);
        environment.put("GIT_COMMITTER_NAME", "Test");
        environment.put("GIT_COMMITTER_EMAIL", "test@example.com");
        environment.put("GIT_COMMITTER_DATE", COMMITTED_AT);
        return environment;
    }

    Map<String, String> environment() {
        return environment(root.resolveSibling("home"));
    }

    void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    void commit(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    String head() throws Exception {
        return git("rev-parse", "HEAD");
    }

    String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("git %s: %s", List.of(arguments), output)
                .isZero();
        return output.strip();
    }

    /** Reads the repository by the git command. */
    Optional<Revision> read() throws WorkingCopyException {
        return read(root);
    }

    Optional<Revision> read(Path directory) throws WorkingCopyException {
        return WorkingCopy.at(directory, environment()).revision();
    }

    /** Reads the repository as on a machine without git. */
    Optional<Revision> readWithoutGit(Path directory) throws WorkingCopyException {
        Map<String, String> without = environment();
        without.put("PATH", "/nowhere:");
        return WorkingCopy.at(directory, without).revision();
    }
}
