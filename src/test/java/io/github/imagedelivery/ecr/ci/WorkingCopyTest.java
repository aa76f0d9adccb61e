package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every layout that a checkout has in practice, read by the git command and without it. */
class WorkingCopyTest {
    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void chooseRoot() throws Exception {
        // The real path: what git prints and what is asked must not differ by a symbolic link.
        root = temporary.toRealPath().resolve("orders service ü");
    }

    private enum Reader {
        COMMAND {
            @Override
            Optional<Revision> read(GitRepository repository, Path directory) throws WorkingCopyException {
                return repository.read(directory);
            }
        },
        FILES {
            @Override
            Optional<Revision> read(GitRepository repository, Path directory) throws WorkingCopyException {
                return repository.readWithoutGit(directory);
            }
        };

        abstract Optional<Revision> read(GitRepository repository, Path directory) throws WorkingCopyException;

        String sha(GitRepository repository, Path directory) throws WorkingCopyException {
            return read(repository, directory).orElseThrow().sha();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsTheCommitOfAPlainCheckout(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root);

        assertThat(reader.sha(repository, root)).isEqualTo(repository.head()).hasSize(40);
    }

    @ParameterizedTest
    @EnumSource
    void readsTheCommitFromASubdirectory(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        Path module = Files.createDirectories(root.resolve("modules/größe"));

        assertThat(reader.sha(repository, module)).isEqualTo(repository.head());
    }

    @ParameterizedTest
    @EnumSource
    void readsADetachedHead(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        String first = repository.head();
        repository.write("a.txt", "two");
        repository.commit("second");
        repository.git("checkout", "-q", "--detach", first);

        assertThat(reader.sha(repository, root)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void readsAShallowClone(Reader reader) throws Exception {
        GitRepository origin = GitRepository.withCommit(root);
        origin.write("a.txt", "two");
        origin.commit("second");
        Path clone = root.resolveSibling("clone");
        origin.git("clone", "-q", "--depth=1", "file://" + root, clone.toString());

        assertThat(reader.sha(origin, clone)).isEqualTo(origin.head());
    }

    @ParameterizedTest
    @EnumSource
    void readsALinkedWorkingTree(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        Path linked = root.resolveSibling("linked");
        repository.git("worktree", "add", "-q", "-b", "other", linked.toString());
        GitRepository other = new GitRepository(linked);
        other.write("b.txt", "two");
        other.commit("second");

        assertThat(reader.sha(repository, linked)).isEqualTo(other.head()).isNotEqualTo(repository.head());
    }

    @ParameterizedTest
    @EnumSource
    void readsASubmodule(Reader reader) throws Exception {
        GitRepository library = GitRepository.withCommit(root.resolveSibling("library"));
        library.write("b.txt", "two");
        library.commit("second");
        GitRepository repository = GitRepository.withCommit(root);
        repository.git("submodule", "add", "-q", library.root().toString(), "library");

        assertThat(reader.sha(repository, root.resolve("library"))).isEqualTo(library.head());
    }

    @ParameterizedTest
    @EnumSource
    void readsARepositoryWithSha256Ids(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root, "--object-format=sha256");

        assertThat(reader.sha(repository, root)).isEqualTo(repository.head()).hasSize(64);
    }

    @ParameterizedTest
    @EnumSource
    void readsPackedRefsAndPrefersALooseOne(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        repository.git("pack-refs", "--all");
        assertThat(reader.sha(repository, root)).isEqualTo(repository.head());

        repository.write("a.txt", "two");
        repository.commit("second");
        assertThat(reader.sha(repository, root)).isEqualTo(repository.head());
    }

    @ParameterizedTest
    @EnumSource
    void findsTheTagsOnTheCommitAndNoOther(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        repository.git("tag", "v1.1.0");
        repository.write("a.txt", "two");
        repository.commit("second");
        repository.git("tag", "v1.2.0");
        repository.git("tag", "-a", "-m", "annotated", "release/1.2,final");
        repository.git("pack-refs", "--all");
        repository.git("tag", "latest-build");

        assertThat(reader.read(repository, root).orElseThrow().tags())
                .containsExactly("latest-build", "release/1.2,final", "v1.2.0");
    }

    @ParameterizedTest
    @EnumSource
    void seesNoWorkingCopyOutsideOfGit(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root);

        assertThat(reader.read(repository, temporary)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void seesNoWorkingCopyInABareRepository(Reader reader) throws Exception {
        GitRepository bare = GitRepository.init(root, "--bare");

        assertThat(reader.read(bare, root)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void seesNoRevisionBeforeTheFirstCommit(Reader reader) throws Exception {
        GitRepository repository = GitRepository.init(root);
        repository.write("a.txt", "one");

        assertThat(reader.read(repository, root)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsWrongWithABrokenHead(Reader reader) throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        repository.write(".git/HEAD", "ref: refs/../../outside\n");

        // To git itself a directory with such a HEAD is no repository at all.
        if (reader == Reader.COMMAND) {
            assertThat(reader.read(repository, root)).isEmpty();
        } else {
            assertThatThrownBy(() -> reader.read(repository, root))
                    .isInstanceOf(WorkingCopyException.class)
                    .hasMessage("HEAD leads to what is neither a commit nor a ref");
        }
    }

    @Test
    void namesTheCommitsBeforeTheNearestFirst() throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            commits.add(0, repository.head());
            repository.write("a.txt", "change " + i);
            repository.commit("change " + i);
        }

        assertThat(repository.read(root).orElseThrow().ancestors()).isEqualTo(commits.subList(0, 5));
    }

    @Test
    void followsTheFirstParents() throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        String main = repository.head();
        repository.git("switch", "-q", "-c", "side");
        repository.write("b.txt", "two");
        repository.commit("second");
        repository.git("switch", "-q", "main");
        repository.git("merge", "-q", "--no-ff", "-m", "merge", "side");

        assertThat(repository.read(root).orElseThrow().ancestors()).containsExactly(main);
    }

    @Test
    void namesTheParentThatAShallowCloneLacks() throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        String parent = repository.head();
        repository.write("a.txt", "two");
        repository.commit("second\n\nparent 0123456789abcdef0123456789abcdef01234567");
        Path clone = root.resolveSibling("clone");
        repository.git("clone", "-q", "--depth=1", "file://" + root, clone.toString());

        assertThat(new GitRepository(clone).read(clone).orElseThrow().ancestors())
                .containsExactly(parent);
    }

    @Test
    void knowsNoCommitBeforeTheFirst() throws Exception {
        assertThat(GitRepository.withCommit(root).read(root).orElseThrow().ancestors())
                .isEmpty();
    }

    @Test
    void saysWithoutGitThatNothingElseIsKnown() throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        repository.git("remote", "add", "origin", "https://git.example.com/a/b.git");

        assertThat(repository.readWithoutGit(root))
                .contains(new Revision(
                        repository.head(),
                        Revision.Cleanliness.UNKNOWN,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.of("main"),
                        Optional.empty()));
    }

    @Test
    void refusesSymbolicRefsInACircle() throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        repository.write(".git/refs/heads/main", "ref: refs/heads/other\n");
        repository.write(".git/refs/heads/other", "ref: refs/heads/main\n");

        assertThatThrownBy(() -> repository.readWithoutGit(root))
                .isInstanceOf(WorkingCopyException.class)
                .hasMessageContaining("more than 5");
    }

    @Test
    void refusesAReftableWithoutGit() throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        Files.createDirectory(root.resolve(".git/reftable"));

        assertThatThrownBy(() -> repository.readWithoutGit(root))
                .isInstanceOf(WorkingCopyException.class)
                .hasMessageContaining("reftable");
    }

    @Test
    void ignoresAGitThatAPathRelativeToTheProjectWouldRun() throws Exception {
        GitRepository repository = GitRepository.withCommit(root);
        repository.write("git", "#!/bin/sh\ntouch was-run\n");
        assertThat(root.resolve("git").toFile().setExecutable(true)).isTrue();

        Map<String, String> environment = repository.environment();
        environment.put("PATH", ".:");
        WorkingCopy.at(root, environment).revision();

        assertThat(root.resolve("was-run")).doesNotExist();
    }
}
