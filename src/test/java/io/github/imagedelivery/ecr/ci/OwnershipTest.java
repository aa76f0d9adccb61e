package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
    @TempDir
    Path temporary;

    private GitRepository repository;
    private Path module;

    @BeforeEach
    void makeRepository() throws Exception {
        repository = GitRepository.init(temporary.toRealPath().resolve("orders"));
        repository.write("module/a.txt", "one");
        repository.commit("first");
        module = repository.root().resolve("module");
    }

    /** Asks Git, which takes the repository for somebody else's, about the module. */
    private Revision read(Ownership ownership) throws WorkingCopyException {
        Map<String, String> environment = repository.environment();
        environment.put("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"); // Git's own switch for its tests
        return new GitCommand(GitProcess.find(environment).orElseThrow(), module, ownership)
                .revision()
                .orElseThrow();
    }

    /** All files are of one owner but these, which are of another. */
    private static Ownership others(Path... files) {
        Set<Path> foreign = Set.of(files);
        return new Ownership((one, other) -> foreign.contains(one) == foreign.contains(other));
    }

    @Test
    void trustsACheckoutThatIsAsAWholeAnotherUsers() throws Exception {
        assertThat(read(Ownership.OF_FILES).sha()).isEqualTo(repository.head());
    }

    @Test
    void refusesARepositoryAroundTheDirectoryThatIsSomebodyElses() {
        assertThatThrownBy(
                        () -> read(others(repository.root(), repository.root().resolve(".git"))))
                .isInstanceOf(WorkingCopyException.class)
                .hasMessage("git: fatal: detected dubious ownership in repository at '" + repository.root()
                        + "'; if it is to be trusted: git config --global --add safe.directory " + repository.root());
    }

    @Test
    void refusesARepositoryThatSomebodyElsePutIntoASharedDirectory() {
        assertThatThrownBy(() -> read(others(repository.root().resolve(".git"))))
                .hasMessageContaining("dubious ownership");
    }

    @Test
    void refusesALinkAndWhatItLeadsToIfEitherIsSomebodyElses() throws Exception {
        Path elsewhere = repository.root().resolveSibling("elsewhere.git");
        Files.move(repository.root().resolve(".git"), elsewhere);
        repository.write(".git", "gitdir: " + elsewhere + "\n");

        assertThatThrownBy(() -> read(others(elsewhere))).hasMessageContaining("dubious ownership");
        assertThatThrownBy(() -> read(others(repository.root().resolve(".git"))))
                .hasMessageContaining("dubious ownership");
        assertThat(read(others()).sha()).isEqualTo(repository.head());
    }

    @Test
    void refusesARepositoryThatDoesNotHoldTheDirectory() throws IOException {
        Path other = Files.createDirectories(repository.root().resolveSibling("other"));

        assertThat(Ownership.OF_FILES.isThatOf(other, repository.root().toString()))
                .isFalse();
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(Ownership.OF_FILES.isThatOf(
                        module, repository.root().resolve("gone").toString()))
                .isFalse();
    }

    @Test
    void refusesWhereTheOwnerCannotBeRead() {
        assertThat(Ownership.OF_FILES.same().test(module, temporary.resolve("gone")))
                .isFalse();
    }
}
