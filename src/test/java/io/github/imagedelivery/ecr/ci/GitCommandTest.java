package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.ci.Revision.Cleanliness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommandTest {
    @TempDir
    Path temporary;

    private GitRepository repository;

    @BeforeEach
    void makeRepository() throws Exception {
        repository = GitRepository.withCommit(temporary.toRealPath().resolve("orders"));
    }

    private Revision revision() throws WorkingCopyException {
        return repository.read().orElseThrow();
    }

    @Test
    void seesACleanWorkingCopy() throws Exception {
        assertThat(revision().cleanliness()).isEqualTo(Cleanliness.CLEAN);
        assertThat(revision().changedPaths()).isEmpty();
    }

    @Test
    void tellsWhenTheCommitWasMade() throws Exception {
        assertThat(revision().committedAt()).contains(Instant.parse(GitRepository.COMMITTED_AT));
    }

    @Test
    void seesAChangedFile() throws Exception {
        repository.write("a.txt", "changed");

        assertThat(revision().cleanliness()).isEqualTo(Cleanliness.DIRTY);
        assertThat(revision().changedPaths()).containsExactly("a.txt");
    }

    @Test
    void seesAStagedRenamingAsOnePath() throws Exception {
        repository.git("mv", "a.txt", "b c.txt");
        repository.write("z.txt", "new");

        assertThat(revision().changedPaths()).containsExactly("b c.txt", "z.txt");
    }

    @Test
    void seesAConflict() throws Exception {
        repository.git("checkout", "-q", "-b", "other");
        repository.write("a.txt", "theirs");
        repository.commit("theirs");
        repository.git("checkout", "-q", "main");
        repository.write("a.txt", "ours");
        repository.commit("ours");
        assertThatThrownBy(() -> repository.git("merge", "-q", "other")).isInstanceOf(AssertionError.class);

        assertThat(revision().changedPaths()).containsExactly("a.txt");
    }

    @Test
    void seesAnUntrackedFileWithBlanksAndLettersOfAllKinds() throws Exception {
        repository.write("größe & 尺寸.txt", "new");

        assertThat(revision().changedPaths()).containsExactly("größe & 尺寸.txt");
    }

    @Test
    void seesAnUntrackedFileWhereTheConfigurationHidesIt() throws Exception {
        repository.git("config", "status.showUntrackedFiles", "no");
        repository.write("new.txt", "new");

        assertThat(revision().cleanliness()).isEqualTo(Cleanliness.DIRTY);
    }

    @Test
    void seesAChangeOutsideOfTheModule() throws Exception {
        repository.write("module/b.txt", "one");
        repository.commit("second");
        repository.write("a.txt", "changed");

        Revision seen = repository.read(repository.root().resolve("module")).orElseThrow();

        assertThat(seen.changedPaths()).containsExactly("a.txt");
    }

    @Test
    void letsAFileNameForgeNoLine() throws Exception {
        repository.write("a\n[INFO] fake", "new");

        assertThat(revision().changedPaths()).containsExactly("a [INFO] fake");
    }

    @Test
    void overlooksWhatIsIgnored() throws Exception {
        repository.write(".gitignore", "target/\n");
        repository.commit("second");
        repository.write("target/a.class", "x");

        assertThat(revision().cleanliness()).isEqualTo(Cleanliness.CLEAN);
    }

    @Test
    void namesAtMostFivePaths() throws Exception {
        for (int i = 0; i < 7; i++) {
            repository.write("new" + i, "x");
        }

        assertThat(revision().changedPaths()).containsExactly("new0", "new1", "new2", "new3", "new4");
    }

    @Test
    void findsTagsThatTheConfigurationHidesFromTheLog() throws Exception {
        repository.git("tag", "v1.2.0");
        repository.git("config", "log.excludeDecoration", "refs/tags/*");

        assertThat(revision().tags()).containsExactly("v1.2.0");
    }

    @Test
    void takesNoBranchForATag() throws Exception {
        repository.git("branch", "v9.9.9");

        assertThat(revision().tags()).isEmpty();
    }

    @Test
    void givesTheRemoteWithoutItsCredentials() throws Exception {
        repository.git("remote", "add", "origin", "https://ci:canary-4711@git.example.com/team/orders.git");

        assertThat(revision().remote()).contains("https://git.example.com/team/orders");
        assertThat(revision().toString()).doesNotContain("canary-4711");
    }

    @Test
    void givesNoRemoteWhereThereIsNone() throws Exception {
        assertThat(revision().remote()).isEmpty();
    }

    @Test
    void givesTheRemoteAsConfiguredAndNotAsTheMachineRewritesIt() throws Exception {
        repository.git("remote", "add", "origin", "https://git.example.com/team/orders.git");
        repository.git("config", "url.https://canary-4711@mirror.example.com/.insteadOf", "https://git.example.com/");

        assertThat(revision().remote()).contains("https://git.example.com/team/orders");
    }

    @Test
    void readsTheDirectoryItIsGivenAlsoInsideAHookOfAnotherRepository() throws Exception {
        GitRepository other = GitRepository.withCommit(repository.root().resolveSibling("other"));
        other.write("b.txt", "two");
        other.commit("second");
        Map<String, String> environment = repository.environment();
        environment.put("GIT_DIR", other.root().resolve(".git").toString());
        environment.put("GIT_INDEX_FILE", other.root().resolve(".git/index").toString());

        Revision seen =
                WorkingCopy.at(repository.root(), environment).revision().orElseThrow();

        assertThat(seen.sha()).isEqualTo(repository.head());
    }

    @Test
    void readsACheckoutThatBelongsToAnotherUser() throws Exception {
        Map<String, String> environment = repository.environment();
        environment.put("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"); // Git's own switch for its tests
        repository.write("new.txt", "x");

        Revision seen =
                WorkingCopy.at(repository.root(), environment).revision().orElseThrow();

        assertThat(seen.sha()).isEqualTo(repository.head());
        assertThat(seen.changedPaths()).containsExactly("new.txt");
    }

    @Test
    void startsNoFileSystemMonitorOfTheRepository() throws Exception {
        Path monitor = script("touch was-run");
        repository.git("config", "core.fsmonitor", monitor.toString());

        revision();

        assertThat(repository.root().resolve("was-run")).doesNotExist();
    }

    @Test
    void leavesTheIndexAsItIs() throws Exception {
        Path index = repository.root().resolve(".git/index");
        assertThat(repository.root().resolve("a.txt").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();
        byte[] before = Files.readAllBytes(index);

        revision();

        assertThat(Files.readAllBytes(index)).isEqualTo(before);
    }

    @Test
    void saysWhatGitSaysWhenItFails() throws Exception {
        repository.write(".git/config", "[core\n");

        assertThatThrownBy(this::revision)
                .isInstanceOf(WorkingCopyException.class)
                .hasMessage("git status: fatal: bad config line 1 in file .git/config");
    }

    @Test
    void keepsCredentialsOutOfWhatGitSays() throws Exception {
        Path git = script("echo \"fatal: unable to access 'https://me:canary-4711@example.com/x'\" >&2; exit 128");

        assertThatThrownBy(() -> command(git, Duration.ofSeconds(30)).revision())
                .isInstanceOf(WorkingCopyException.class)
                .hasMessage("git status: fatal: unable to access 'https://example.com/x'");
    }

    @Test
    void endsAGitThatHangs() throws Exception {
        Path git = script("echo $$ > pid; exec sleep 600");

        assertThatThrownBy(() -> command(git, Duration.ofSeconds(1)).revision())
                .isInstanceOf(WorkingCopyException.class)
                .hasMessage("git did not end within 1 seconds");
        long pid = Long.parseLong(
                Files.readString(repository.root().resolve("pid")).strip());
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }

    @Test
    void givesGitNoInputToWaitFor() throws Exception {
        Path git = script("cat >&2; echo 'fatal: end of input' >&2; exit 1");

        assertThatThrownBy(() -> command(git, Duration.ofSeconds(30)).revision())
                .hasMessage("git status: fatal: end of input");
    }

    @Test
    void refusesACommitOfATimeThatNoCalendarHas() throws Exception {
        Path git = script("case \"$*\" in *status*) printf '# branch.oid %040d\\0' 7;;"
                + " *log*) printf '999999999999999999\\n';; esac");

        assertThatThrownBy(() -> command(git, Duration.ofSeconds(30)).revision())
                .isInstanceOf(WorkingCopyException.class)
                .hasMessageContaining("\"999999999999999999\" is not a time");
    }

    @Test
    void stopsReadingAnOutputWithoutEnd() throws Exception {
        Path git = script("printf '# branch.oid %040d\\0' 7; exec yes '? file'");

        Program.Output output = new GitProcess(git, repository.environment(), Duration.ofSeconds(30))
                .run(repository.root(), List.of("status"));

        assertThat(output.out()).hasSize(1024 * 1024).startsWith("# branch.oid 0000");
    }

    @Test
    void saysThatGitCannotBeStarted() {
        assertThatThrownBy(() ->
                        command(Path.of("/nowhere/git"), Duration.ofSeconds(30)).revision())
                .isInstanceOf(WorkingCopyException.class)
                .hasMessageStartingWith("git could not be started: ");
    }

    private GitCommand command(Path executable, Duration limit) {
        return new GitCommand(
                new GitProcess(executable, repository.environment(), limit), repository.root(), Ownership.OF_FILES);
    }

    private Path script(String line) throws Exception {
        Path script = Files.writeString(repository.root().resolveSibling("script"), "#!/bin/sh\n" + line + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }
}
