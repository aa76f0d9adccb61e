package io.github.imagedelivery.ecr.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.fuzz.Foreign;
import io.github.imagedelivery.ecr.fuzz.Fuzz;
import io.github.imagedelivery.ecr.fuzz.Guard;
import io.github.imagedelivery.ecr.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

@Fuzz
class GitFuzzTest {
    private static final String ID = "0123456789abcdef0123456789abcdef01234567";
    private static final Scratch SCRATCH = Scratch.make();

    @AfterContainer
    static void remove() {
        SCRATCH.close();
    }

    @Provide
    Arbitrary<byte[]> heads() {
        return Foreign.damaged(
                (ID + "\n").getBytes(UTF_8),
                "ref: refs/heads/main\n".getBytes(UTF_8),
                "ref: refs/heads/../../../outside\n".getBytes(UTF_8),
                "ref: refs/heads/\u2028/../../../../outside\n".getBytes(UTF_8),
                "ref: refs/heads/\u0085/../../../../outside\n".getBytes(UTF_8));
    }

    @Provide
    Arbitrary<byte[]> packedRefs() {
        return Foreign.damaged("""
                # pack-refs with: peeled fully-peeled sorted
                %1$s refs/heads/main
                %1$s refs/tags/v1.0.0
                ^%1$s
                """.formatted(ID).getBytes(UTF_8));
    }

    @Provide
    Arbitrary<byte[]> links() {
        return Foreign.damaged("gitdir: ../elsewhere/.git\n".getBytes(UTF_8), "..\n".getBytes(UTF_8));
    }

    @Provide
    Arbitrary<byte[]> configs() {
        return Foreign.damaged("""
                [core]
                	repositoryformatversion = 0
                	bare = false
                [remote "origin"]
                	url = https://user:canary-password@example.com/shop/orders.git
                """.getBytes(UTF_8));
    }

    @Provide
    Arbitrary<String> statuses() {
        return Foreign.damaged("# branch.oid " + ID + "\0# branch.head main\0"
                + "1 .M N... 100644 100644 100644 " + ID + " " + ID + " src/App.java\0"
                + "2 R. N... 100644 100644 100644 " + ID + " " + ID + " R100 new name\0old name\0? \u001b[31m\0");
    }

    @Provide
    Arbitrary<String> urls() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "https://user:canary-password@example.com:8443/shop/orders.git",
                        "git+ssh://git:canary-password@example.com:22/shop/orders",
                        "git@example.com:shop/orders.git",
                        "https://example.com/orders?token=canary-password"));
    }

    @Property(tries = 500)
    void readsTheFilesOfARepositoryOrRefusesThem(
            @ForAll("heads") byte[] head, @ForAll("packedRefs") byte[] packed, @ForAll("links") byte[] link)
            throws IOException {
        Path root = SCRATCH.directory().resolve("files");
        Path git = root.resolve(".git");
        Files.createDirectories(git.resolve("refs/heads"));
        Files.write(git.resolve("HEAD"), head);
        Files.write(git.resolve("packed-refs"), packed);
        Files.write(git.resolve("refs/heads/main"), head);
        if (link.length % 3 == 0) {
            Files.write(git.resolve("commondir"), link);
        }
        isReadOrRefused(new GitDirectory(root));
        SCRATCH.remove(root);
    }

    @Property(tries = 500)
    void readsALinkToARepositoryOrRefusesIt(@ForAll("links") byte[] link) throws IOException {
        Path root = Files.createDirectories(SCRATCH.directory().resolve("link"));
        Files.write(root.resolve(".git"), link);
        isReadOrRefused(new GitDirectory(root));
        SCRATCH.remove(root);
    }

    private static void isReadOrRefused(WorkingCopy workingCopy) {
        Guard.read(WorkingCopyException.class, () -> {
                    Optional<Revision> revision = workingCopy.revision();
                    revision.ifPresent(read -> assertThat(read.sha()).matches(GitStatus.ID));
                })
                .ifPresent(refusal -> assertThat(refusal.getMessage()).doesNotContainPattern("\\p{Cc}"));
    }

    @Property(tries = 3000)
    void followsNoRefOutOfTheRepository(@ForAll("heads") byte[] head) {
        String name = new String(head, UTF_8).strip().replaceFirst("^ref:\\s*", "");
        if (GitRefs.isName(name)) {
            assertThat(name.split("/")).startsWith("refs").doesNotContain("..");
        }
    }

    @Property(tries = 3000)
    void readsAStatusOrRefusesIt(@ForAll("statuses") String status) {
        Guard.read(WorkingCopyException.class, () -> {
            GitStatus read = GitStatus.parse(status);
            assertThat(String.join("", read.changedPaths())).doesNotContainPattern("\\p{Cc}");
            assertThat(read.commit().orElse(ID)).matches(GitStatus.ID);
        });
    }

    @Property(tries = 5000)
    void takesNoPasswordOverFromAUrl(@ForAll("urls") String url) {
        Guard.read(WorkingCopyException.class, () -> {
            Optional<String> https = RemoteUrl.https(url);
            assertThat(https.orElse("https://a/b")).matches("https://[^@?]+");
            RemoteUrl.withoutCredentials(url);
        });
    }

    @Property(tries = 1000)
    void readsWhatAnyPipelineSays(@ForAll("urls") String value) {
        for (String marker : new String[] {"GITHUB_ACTIONS", "CODEBUILD_BUILD_ARN", "TF_BUILD", "BUILDKITE"}) {
            Guard.read(
                    WorkingCopyException.class,
                    () -> Pipeline.detect(Map.of(
                            marker,
                            "true",
                            "GITHUB_REF_TYPE",
                            value,
                            "GITHUB_SHA",
                            value,
                            "BUILD_SOURCEBRANCH",
                            value,
                            "CODEBUILD_WEBHOOK_TRIGGER",
                            "tag/" + value)));
        }
    }

    @Property(tries = 25)
    void readsARepositoryWithAnyConfigOrRefusesIt(@ForAll("configs") byte[] config) throws Exception {
        Path root = SCRATCH.directory().resolve("config");
        GitRepository repository = GitRepository.withCommit(root);
        Files.write(root.resolve(".git/config"), config);

        Guard.read(WorkingCopyException.class, () -> {
                    Optional<Revision> revision = repository.read(root);
                    assertThat(revision.toString()).doesNotContain("canary-password");
                })
                .ifPresent(refusal -> assertThat(refusal.getMessage()).doesNotContain("canary-password"));
        SCRATCH.remove(root);
    }
}
