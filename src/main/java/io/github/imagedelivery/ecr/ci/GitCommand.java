package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A working copy that the {@code git} command reads, in three runs: status, the commit with its tags and those before it, and
 * the remote. A shallow clone takes one more.
 */
final class GitCommand implements WorkingCopy {
    private static final Pattern REFUSED_OWNER = Pattern.compile("dubious ownership in repository at '(.+)'");
    private static final int LONGEST_PATH = 1000;
    private static final String TAG = "tag: refs/tags/";
    private static final int COMMITS = 5;
    private static final int LINES = 3;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern FIRST_PARENT = Pattern.compile("\\Atree \\S+\nparent (\\S+)\n");

    private final GitProcess git;
    private final Path directory;
    private final Ownership ownership;

    /** Directories owned by another user that Git was told to trust. */
    private final Set<String> trusted = new LinkedHashSet<>();

    GitCommand(GitProcess git, Path directory, Ownership ownership) {
        this.git = git;
        this.directory = directory;
        this.ownership = ownership;
    }

    @Override
    public Optional<Revision> revision() throws WorkingCopyException {
        // Untracked files are asked for by name: status.showUntrackedFiles=no would hide them.
        Program.Output output = run("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=normal");
        if (output.error().contains("not a git repository") || output.error().contains("must be run in a work tree")) {
            return Optional.empty();
        }
        GitStatus status = GitStatus.parse(succeeded("status", output));
        if (status.commit().isEmpty()) {
            return Optional.empty();
        }
        String sha = status.commit().get();
        String[] details = succeeded(
                        "log",
                        run(
                                "log",
                                "-" + COMMITS,
                                "--first-parent",
                                "--no-show-signature",
                                "--decorate=full",
                                "--decorate-refs=refs/tags",
                                "--format=%ct%n%D%n%P",
                                sha))
                .split("\n", -1);
        return Optional.of(new Revision(
                sha,
                status.cleanliness(),
                status.changedPaths(),
                Optional.of(committedAt(details[0])),
                details.length > 1 ? tags(details[1]) : List.of(),
                status.branch(),
                remote(),
                ancestors(sha, details)));
    }

    /** Returns the first parent of each commit; of the last one in a shallow clone, whose parents are hidden, as it is stored. */
    private List<String> ancestors(String sha, String[] details) throws WorkingCopyException {
        List<String> ancestors = new ArrayList<>();
        for (int i = LINES - 1; i < details.length; i += LINES) {
            String first = details[i].split(" ", 2)[0];
            if (ID.matcher(first).matches()) {
                ancestors.add(first);
            }
        }
        if (ancestors.size() < COMMITS) {
            String last = ancestors.isEmpty() ? sha : ancestors.get(ancestors.size() - 1);
            storedParent(last).ifPresent(ancestors::add);
        }
        return ancestors;
    }

    private Optional<String> storedParent(String commit) throws WorkingCopyException {
        Matcher parent = FIRST_PARENT.matcher(run("cat-file", "commit", commit).out());
        return parent.find() && ID.matcher(parent.group(1)).matches() ? Optional.of(parent.group(1)) : Optional.empty();
    }

    private static Instant committedAt(String seconds) throws WorkingCopyException {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException e) {
            throw new WorkingCopyException("git log: \"" + Texts.shown(seconds) + "\" is not a time", e);
        }
    }

    /** A tag's name may hold a comma but no space. */
    private static List<String> tags(String decorations) {
        return Stream.of(decorations.split(", "))
                .filter(decoration -> decoration.startsWith(TAG))
                .map(decoration -> decoration.substring(TAG.length()))
                .sorted()
                .toList();
    }

    private Optional<String> remote() throws WorkingCopyException {
        // The URL as it is configured: with the user's insteadOf rules applied it would be a mirror's, or hold a token.
        Program.Output output = run("config", "--get", "remote.origin.url");
        return output.exit() == 1
                ? Optional.empty()
                : RemoteUrl.https(succeeded("config", output).strip());
    }

    /**
     * Runs Git, and once more with its trust in the repository of another user where that user's files are built
     * anyway.
     */
    private Program.Output run(String... arguments) throws WorkingCopyException {
        while (true) {
            List<String> command = new ArrayList<>();
            trusted.forEach(path -> command.addAll(List.of("-c", "safe.directory=" + path)));
            command.addAll(List.of(arguments));
            Program.Output output = git.run(directory, command);
            Matcher refused = REFUSED_OWNER.matcher(output.error());
            if (output.exit() == 0 || !refused.find()) {
                return output;
            }
            String place = refused.group(1);
            if (!ownership.isThatOf(directory, place) || !trusted.add(place)) {
                throw new WorkingCopyException("git: fatal: detected " + Texts.shown(refused.group())
                        + "; if it is to be trusted: git config --global --add safe.directory "
                        + Texts.shown(place, LONGEST_PATH));
            }
        }
    }

    private static String succeeded(String command, Program.Output output) throws WorkingCopyException {
        if (output.exit() != 0) {
            String words = Texts.shown(RemoteUrl.withoutCredentials(output.error()));
            throw new WorkingCopyException(
                    "git " + command + ": " + (words.isEmpty() ? "exit status " + output.exit() : words));
        }
        return output.out();
    }
}
