package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.Revision.Cleanliness;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.ci.WorkingCopyException;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.PullRequests;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.TagPattern;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the design's section "Coordinates", rule by rule. */
class CoordinateResolverTest {
    private static final Pipeline.Run UNKNOWN = new Pipeline.Run(Optional.empty(), Optional.empty());
    private static final String HEAD = TestModule.SHA;
    private static final String OTHER = TestModule.OTHER_SHA;
    private static final String SHA_256 = HEAD + HEAD.substring(0, 24);

    private final RecordingLog log = new RecordingLog();
    private WorkingCopy workingCopy = () -> Optional.of(revision(Cleanliness.CLEAN));
    private Optional<Pipeline> pipeline = Optional.empty();

    private Optional<String> registry = Optional.empty();
    private Optional<String> name = Optional.empty();
    private String artifactId = "orders";
    private Optional<String> sha = Optional.empty();
    private Optional<String> commitProperty = Optional.empty();
    private Optional<String> version = Optional.empty();
    private List<TagPattern> movingVersions = CoordinateSettings.SNAPSHOTS;
    private String projectVersion = "1.4.0";
    private Dirty dirty = Dirty.REFUSE;
    private PullRequests pullRequests = PullRequests.REFUSE;

    private static Revision revision(Cleanliness cleanliness, String... tags) {
        List<String> changed = cleanliness == Cleanliness.DIRTY ? List.of("pom.xml", "src/App.java") : List.of();
        return new Revision(
                HEAD, cleanliness, changed, Optional.empty(), List.of(tags), Optional.empty(), Optional.empty());
    }

    private void tagged(String... tags) {
        workingCopy = () -> Optional.of(revision(Cleanliness.CLEAN, tags));
    }

    private void found(Cleanliness cleanliness) {
        workingCopy = () -> Optional.of(revision(cleanliness));
    }

    private Coordinates resolve() throws DeliveryException {
        CoordinateSettings settings = new CoordinateSettings(
                registry,
                Optional.of("eu-west-1"),
                name,
                artifactId,
                sha,
                commitProperty,
                version,
                List.of(),
                projectVersion,
                movingVersions,
                dirty,
                CoordinateSettings.ExistingSha.REFUSE,
                pullRequests);
        return new CoordinateResolver(workingCopy, pipeline, log).resolve("orders", settings);
    }

    private String shaTag() throws DeliveryException {
        return resolve().shaTag().value().value();
    }

    private String versionTag() throws DeliveryException {
        return resolve().versionTag().value().value();
    }

    private void refuses(String message) {
        assertThatThrownBy(this::resolve)
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isUserError()).isTrue())
                .hasMessage(message);
    }

    // registry

    @Test
    void takesTheCallersOwnRegistryWhereNoneIsNamed() throws Exception {
        assertThat(resolve().registry()).isEqualTo(new Resolved<>(Optional.empty(), "the caller's own registry"));
        assertThat(resolve().region()).hasValue("eu-west-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com",
                "123456789012.dkr-ecr.eu-west-1.on.aws",
                "123456789012.dkr-ecr-fips.us-east-1.on.aws",
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
                "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com",
                "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov",
                "123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov",
                "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu"
            })
    void passesEveryFormOfAHostOfEcr(String host) throws Exception {
        registry = Optional.of(host);

        assertThat(resolve().registry().value().orElseThrow().value()).isEqualTo(host);
        assertThat(resolve().registry().source()).isEqualTo("ecr.registry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io",
                "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example"
            })
    void refusesAHostThatIsNotOfEcr(String host) {
        registry = Optional.of(host);

        refuses("""
                ecr.registry is not the host of an ECR registry
                  cause: "%s" is not the host of an ECR registry: ACCOUNT.dkr.ecr.REGION.amazonaws.com expected, or its \
                FIPS, dual-stack, China, GovCloud, European or ISO form; no https://, port or path
                  to fix: set ecr.registry to <account>.dkr.ecr.<region>.amazonaws.com without a scheme or path, to \
                "local", or leave it out for your own registry""".formatted(host));
    }

    // repository

    @Test
    void namesTheRepositoryAsConfigured() throws Exception {
        name = Optional.of("shop/orders");

        assertThat(resolve().repository().value().value()).isEqualTo("shop/orders");
        assertThat(resolve().repository().source()).isEqualTo("ecr.name");
    }

    @Test
    void namesTheRepositoryAfterTheArtifactIdInLowerCase() throws Exception {
        artifactId = "Orders.Service";

        assertThat(resolve().repository().value().value()).isEqualTo("orders.service");
        assertThat(resolve().repository().source()).isEqualTo("artifactId");
    }

    @Test
    void refusesAnArtifactIdThatCannotBeARepository() {
        artifactId = "orders._service";

        refuses("""
                The artifactId cannot be the name of a repository
                  cause: "orders._service" is not a legal repository name: 2 to 256 characters: words of a-z 0-9, \
                joined by single . _ - (or __) and divided by /
                  to fix: set ecr.name to the name of the repository in ECR""");
    }

    @Test
    void doesNotBendAConfiguredName() {
        name = Optional.of("Shop/Orders");

        refuses("""
                The ecr.name cannot be the name of a repository
                  cause: "Shop/Orders" is not a legal repository name: 2 to 256 characters: words of a-z 0-9, joined \
                by single . _ - (or __) and divided by /
                  to fix: set ecr.name to the name of the repository in ECR""");
    }

    // SHA tag

    @Test
    void takesTheRevisionFromTheWorkingCopy() throws Exception {
        assertThat(resolve().shaTag()).isEqualTo(new Resolved<>(new Tag(HEAD), "git HEAD"));
    }

    @Test
    void prefersThePropertyOfAnotherPlugin() throws Exception {
        commitProperty = Optional.of(OTHER);

        assertThat(resolve().shaTag()).isEqualTo(new Resolved<>(new Tag(OTHER), "git.commit.id"));
    }

    @Test
    void prefersTheParameterToAll() throws Exception {
        sha = Optional.of(OTHER);
        commitProperty = Optional.of(HEAD);

        assertThat(resolve().shaTag()).isEqualTo(new Resolved<>(new Tag(OTHER), "ecr.sha"));
    }

    @Test
    void takesTheIdOfASha256Repository() throws Exception {
        sha = Optional.of(SHA_256);

        assertThat(shaTag()).isEqualTo(SHA_256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456", "main", "HEAD", "0123456789ABCDEF0123456789ABCDEF01234567"})
    void refusesWhatIsNoFullCommitId(String id) {
        sha = Optional.of(id);

        refuses("""
                The revision is not a full commit id
                  cause: ecr.sha is "%s"; 40 or 64 lower-case hex digits expected
                  to fix: pass the full id, -Decr.sha=$(git rev-parse HEAD), or leave it out in a working copy""".formatted(id));
    }

    @Test
    void refusesWhereThereIsNeitherGitNorASha() {
        workingCopy = Optional::empty;

        refuses("""
                There is no revision to tag the image with
                  cause: ecr.sha is not set, and the module is in no Git working copy with a commit
                  to fix: build in a clone of the repository, or pass -Decr.sha=<full commit id>""");
    }

    @Test
    void needsNoWorkingCopyWhereTheShaIsGiven() throws Exception {
        workingCopy = Optional::empty;
        sha = Optional.of(OTHER);

        assertThat(shaTag()).isEqualTo(OTHER);
        assertThat(resolve().revision()).isEmpty();
    }

    @Test
    void repeatsGitsWordsAboutAWorkingCopyThatItCannotRead() {
        workingCopy = () -> {
            throw new WorkingCopyException("fatal: detected dubious ownership in repository");
        };

        refuses("""
                The working copy cannot be read
                  cause: fatal: detected dubious ownership in repository
                  to fix: make "git status" work in this directory, for the user that runs the build""");
    }

    // cleanliness

    @Test
    void refusesADirtyTree() {
        found(Cleanliness.DIRTY);

        refuses("""
                The working copy differs from its commit, so the SHA tag would lie
                  cause: git status lists pom.xml, src/App.java
                  to fix: commit or ignore these paths, or pass -Decr.dirty=suffix to push under <sha>-dirty""");
    }

    @Test
    void refusesADirtyTreeAlsoWhereTheShaIsGiven() {
        found(Cleanliness.DIRTY);
        sha = Optional.of(HEAD);

        assertThatThrownBy(this::resolve).hasMessageStartingWith("The working copy differs from its commit");
    }

    @Test
    void marksTheTagOfADirtyTreeWhereThatIsWanted() throws Exception {
        found(Cleanliness.DIRTY);
        dirty = Dirty.SUFFIX;

        Coordinates coordinates = resolve();

        assertThat(coordinates.shaTag().value()).isEqualTo(new Tag(HEAD + "-dirty"));
        assertThat(coordinates.sha()).isEqualTo(HEAD);
        assertThat(coordinates.versionTag().value()).isEqualTo(new Tag("1.4.0-dirty"));
        assertThat(coordinates.tags()).allMatch(coordinates::mayMove);
    }

    @Test
    void marksNothingOnACleanTree() throws Exception {
        dirty = Dirty.SUFFIX;

        assertThat(shaTag()).isEqualTo(HEAD);
    }

    @Test
    void refusesATreeThatNobodyHasLookedAt() {
        found(Cleanliness.UNKNOWN);

        refuses("""
                Whether the working copy is clean cannot be told
                  cause: there is no git command on the PATH
                  to fix: install git, or pass -Decr.sha=<full commit id> if you know what is checked out""");
    }

    @Test
    void believesTheUserAboutATreeThatNobodyHasLookedAt() throws Exception {
        found(Cleanliness.UNKNOWN);
        sha = Optional.of(HEAD);

        assertThat(shaTag()).isEqualTo(HEAD);
    }

    @Test
    void takesATreeThatNobodyHasLookedAtForDirtyWhereThatIsAllowed() throws Exception {
        found(Cleanliness.UNKNOWN);
        dirty = Dirty.SUFFIX;

        assertThat(shaTag()).isEqualTo(HEAD + "-dirty");
    }

    // version tag

    @Test
    void prefersTheConfiguredVersionToAll() throws Exception {
        version = Optional.of("2.0.0");
        tagged("v3.0.0");

        assertThat(resolve().versionTag()).isEqualTo(new Resolved<>(new Tag("2.0.0"), "ecr.version"));
    }

    @Test
    void prefersAReleaseOfTheProjectToTheTagInGit() throws Exception {
        tagged("v3.0.0");

        assertThat(resolve().versionTag()).isEqualTo(new Resolved<>(new Tag("1.4.0"), "project.version"));
    }

    @Test
    void takesTheReleaseTagOfASnapshotsCommit() throws Exception {
        projectVersion = "1.4.1-SNAPSHOT";
        tagged("nightly", "v1.4.0");

        assertThat(resolve().versionTag()).isEqualTo(new Resolved<>(new Tag("1.4.0"), "git tag v1.4.0"));
    }

    @Test
    void takesTheSnapshotWhereThereIsNothingElse() throws Exception {
        projectVersion = "1.4.1-SNAPSHOT";
        tagged("nightly", "v1");

        Coordinates coordinates = resolve();

        assertThat(coordinates.versionTag()).isEqualTo(new Resolved<>(new Tag("1.4.1-SNAPSHOT"), "project.version"));
        assertThat(coordinates.mayMove(coordinates.versionTag().value())).isTrue();
    }

    @Test
    void letsNoReleaseMove() throws Exception {
        Coordinates coordinates = resolve();

        assertThat(coordinates.tags()).noneMatch(coordinates::mayMove);
    }

    @Test
    void takesTheReleaseTagThatThePipelineIsForAmongSeveral() throws Exception {
        projectVersion = "2.0.0-SNAPSHOT";
        tagged("v2.0.0-rc.1", "v2.0.0");
        pipeline = Optional.of(
                new Pipeline("GitLab CI", Optional.of(HEAD), Optional.of("v2.0.0"), Optional.empty(), false, UNKNOWN));

        assertThat(resolve().versionTag()).isEqualTo(new Resolved<>(new Tag("2.0.0"), "git tag v2.0.0"));
    }

    @Test
    void warnsWhereTheGivenShaIsNotWhatIsCheckedOut() throws Exception {
        sha = Optional.of(OTHER);

        resolve();

        assertThat(log.events)
                .containsExactly("not checked out orders " + OTHER, "resolved orders [" + OTHER + ", 1.4.0]");
    }

    @Test
    void refusesSeveralReleaseTags() {
        projectVersion = "1.4.1-SNAPSHOT";
        tagged("v1.4.0", "v2.0.0");

        refuses("""
                The commit has several release tags
                  cause: git tags on it: v1.4.0, v2.0.0
                  to fix: say which one is meant with -Decr.version=<version>""");
    }

    @ParameterizedTest
    @CsvSource({
        "v1.2.0, 1.2.0",
        "1.2.0+build.7, 1.2.0_build.7",
        "v1.2.0+7, 1.2.0_7",
        "version-1, version-1",
        "vNext, vNext",
        "1.0.0-rc.1, 1.0.0-rc.1"
    })
    void writesAVersionAsATag(String text, String tag) throws Exception {
        version = Optional.of(text);

        assertThat(versionTag()).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"feature/x", "-1", ".5", "1 0", "größe"})
    void refusesAVersionThatCannotBeATag(String text) {
        version = Optional.of(text);

        refuses("""
                The version cannot be a tag
                  cause: ecr.version: "%s" is not a legal tag: 1 to 128 characters of A-Z a-z 0-9 _ . - and the first \
                none of . -
                  to fix: set ecr.version to a legal tag""".formatted(Texts.shown(text)));
    }

    // all values

    @Test
    void refusesAnExpressionThatMavenLeftStanding() {
        version = Optional.of("${revision}");

        refuses("""
                ecr.version holds an expression that Maven could not resolve
                  cause: ecr.version is "${revision}"
                  to fix: define the property that it names, in the POM's <properties> or with -D""");
    }

    @Test
    void refusesExpressionsInEveryParameterAtOnce() {
        registry = Optional.of("${a}");
        name = Optional.of("${b}");
        sha = Optional.of("${c}");
        version = Optional.of("${d}");

        assertThatThrownBy(this::resolve)
                .message()
                .satisfies(message -> assertThat(message.lines().filter(line -> !line.startsWith("  ")))
                        .containsExactly(
                                "ecr.registry holds an expression that Maven could not resolve",
                                "ecr.name holds an expression that Maven could not resolve",
                                "ecr.sha holds an expression that Maven could not resolve",
                                "ecr.version holds an expression that Maven could not resolve"));
    }

    @Test
    void tellsAllProblemsAtOnce() {
        name = Optional.of("A");
        sha = Optional.of("abc");
        version = Optional.of("a/b");

        assertThatThrownBy(this::resolve)
                .message()
                .satisfies(message -> assertThat(message.lines().filter(line -> !line.startsWith("  ")))
                        .containsExactly(
                                "The ecr.name cannot be the name of a repository",
                                "The revision is not a full commit id",
                                "The version cannot be a tag"));
        assertThat(log.events).isEmpty();
    }

    // the pipeline

    @Test
    void warnsWhereThePipelineIsForAnotherCommit() throws Exception {
        pipeline = Optional.of(
                new Pipeline("GitLab CI", Optional.of(OTHER), Optional.empty(), Optional.empty(), false, UNKNOWN));

        assertThat(shaTag()).isEqualTo(HEAD);

        assertThat(log.events).containsExactly("differs orders GitLab CI", "resolved orders [" + HEAD + ", 1.4.0]");
    }

    @Test
    void warnsOfNothingWhereThePipelineIsForTheCommit() throws Exception {
        found(Cleanliness.DIRTY);
        dirty = Dirty.SUFFIX;
        pipeline = Optional.of(
                new Pipeline("GitLab CI", Optional.of(HEAD), Optional.empty(), Optional.empty(), false, UNKNOWN));

        resolve();

        assertThat(log.events).containsExactly("resolved orders [" + HEAD + "-dirty, 1.4.0-dirty]");
    }

    // pull requests

    private void pullRequestOf(String head) {
        pipeline = Optional.of(
                new Pipeline("GitHub Actions", Optional.of(head), Optional.empty(), Optional.empty(), true, UNKNOWN));
    }

    @Test
    void refusesARunForAPullRequest() {
        pullRequestOf(HEAD);

        refuses("""
                No image is pushed for a pull request; nothing was built or sent
                  cause: GitHub Actions runs this build for a pull request, whose code nobody has merged
                  to fix: push from the branch that it is merged into and set -Decr.skip here, \
                or pass -Decr.allowPullRequest if all who can open one may publish""");
    }

    @Test
    void tellsOfAPullRequestAlongWithWhateverElseIsWrong() {
        pullRequestOf(HEAD);
        artifactId = "Orders!";

        assertThatThrownBy(this::resolve)
                .hasMessageContaining("The artifactId cannot be the name of a repository")
                .hasMessageContaining("No image is pushed for a pull request");
    }

    @Test
    void tagsThePullRequestThatIsAllowedWithItsHeadCommit() throws Exception {
        pullRequestOf(HEAD);
        pullRequests = PullRequests.HEAD_COMMIT;

        assertThat(shaTag()).isEqualTo(HEAD);
        assertThat(log.events).containsExactly("resolved orders [" + HEAD + ", 1.4.0]");
    }

    @Test
    void refusesToTagTheMergeThatIsMadeOfAPullRequest() {
        pullRequestOf(OTHER);
        pullRequests = PullRequests.HEAD_COMMIT;

        refuses("""
                The image of a pull request is made of its head commit, and another one is to be its SHA tag
                  cause: the SHA tag would be %s, which is on no branch; the head is %s
                  to fix: check out the head commit (with actions/checkout, \
                ref: ${{ github.event.pull_request.head.sha }})""".formatted(HEAD, OTHER));
    }

    @Test
    void refusesToTagTheMergeThatIsMadeOfAPullRequestWithTheNameOfItsHead() {
        pullRequestOf(OTHER);
        pullRequests = PullRequests.HEAD_COMMIT;
        sha = Optional.of(OTHER);

        refuses("""
                The image of a pull request is made of its head commit, and another one is checked out
                  cause: the working copy is at %s; the head is %s
                  to fix: check out the head commit (with actions/checkout, \
                ref: ${{ github.event.pull_request.head.sha }})""".formatted(HEAD, OTHER));
    }

    @Test
    void takesTheWordForTheHeadOfAPullRequestOutsideAWorkingCopy() throws Exception {
        workingCopy = Optional::empty;
        pullRequestOf(OTHER);
        pullRequests = PullRequests.HEAD_COMMIT;
        sha = Optional.of(OTHER);

        assertThat(shaTag()).isEqualTo(OTHER);
    }

    @Test
    void looksAtTheCommitOfADirtyPullRequestWithoutTheSuffix() throws Exception {
        found(Cleanliness.DIRTY);
        dirty = Dirty.SUFFIX;
        pullRequestOf(HEAD);
        pullRequests = PullRequests.HEAD_COMMIT;

        assertThat(shaTag()).isEqualTo(HEAD + "-dirty");
    }

    @Test
    void tagsAPullRequestWhoseHeadNobodyTells() throws Exception {
        pipeline = Optional.of(
                new Pipeline("Jenkins", Optional.empty(), Optional.empty(), Optional.empty(), true, UNKNOWN));
        pullRequests = PullRequests.HEAD_COMMIT;

        assertThat(shaTag()).isEqualTo(HEAD);
    }

    @Test
    void tagsWhateverIsCheckedOutWhereNobodyElseSeesIt() throws Exception {
        pullRequestOf(OTHER);
        pullRequests = PullRequests.ANY_COMMIT;

        assertThat(shaTag()).isEqualTo(HEAD);
    }
}
