package io.github.imagedelivery.ecr.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A working copy whose commits depend on their content alone, not on the machine. */
final class Git {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_AUTHOR_NAME", "Developer",
            "GIT_AUTHOR_EMAIL", "developer@example.com",
            "GIT_AUTHOR_DATE", "2026-11-23T10:00:00Z",
            "GIT_COMMITTER_NAME", "Developer",
            "GIT_COMMITTER_EMAIL", "developer@example.com",
            "GIT_COMMITTER_DATE", "2026-11-23T10:00:00Z");

    private final File directory;

    Git(File directory) {
        this.directory = directory;
    }

    /** Makes the directory a working copy with everything committed that a developer would commit. */
    static Git init(File directory) throws IOException, InterruptedException {
        Git git = new Git(directory);
        git.run("init", "--quiet", "--initial-branch=main");
        Path exclude = directory.toPath().resolve(".git/info/exclude");
        Files.createDirectories(exclude.getParent());
        Files.writeString(exclude, "target/\nbuild.log\n");
        git.run("remote", "add", "origin", "git@git.example.com:shop/orders.git");
        git.commit("Begin");
        return git;
    }

    void commit(String subject) throws IOException, InterruptedException {
        run("add", "--all");
        run("commit", "--quiet", "--allow-empty", "--message", subject);
    }

    /** Takes the last commit back by a commit of its own. */
    void revert() throws IOException, InterruptedException {
        run("revert", "--no-edit", "HEAD");
    }

    void tag(String name) throws IOException, InterruptedException {
        run("tag", name);
    }

    /** Returns what is not committed, as {@code git status} lists it; empty when all is. */
    String status() throws IOException, InterruptedException {
        return run("status", "--porcelain");
    }

    String head() throws IOException, InterruptedException {
        return run("rev-parse", "HEAD").strip();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Processes.run(directory, ENVIRONMENT, command);
    }
}
