package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is sent: the whole message, and a registry that is as it was. */
class RefusalTest {
    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private DeliveryException refused(TestModule module) {
        Map<String, Digest> before = fixture.tags();
        fixture.ecr.clearRequests();
        DeliveryException refusal = catchThrowableOfType(DeliveryException.class, () -> fixture.stage(module));
        assertThat(refusal).isNotNull();
        assertThat(refusal.isUserError()).isTrue();
        assertThat(fixture.tags()).isEqualTo(before);
        assertThat(fixture.ecr.requests())
                .extracting(RecordedRequest::kind)
                .noneMatch(
                        kind -> kind.equals("ecr:PutImage") || kind.startsWith("POST /v2") || kind.startsWith("PUT"));
        return refusal;
    }

    @Test
    void refusesAShaTagThatNamesAnotherImage() throws Exception {
        Digest before = fixture.deliver(fixture.module("orders")).image().digest();
        TestModule module = fixture.module("orders").version("1.5.0").code("built differently");

        DeliveryException refusal = refused(module);

        assertThat(refusal.getMessage()).matches(exactly("""
                The tag %s points at another image already; nothing was sent or tagged
                  cause: %s is %s, this build is sha256:DIGEST; classes: app/classes/demo/Main.class (content, \
                size 15 -> 17); all of it in %s
                  to fix: build as before, or publish the image that is there with -Decr.onExistingSha=adopt""".formatted(
                        TestModule.SHA, TestModule.SHA, before, module.report("difference.txt"))));
        assertThat(report(module).get("result").text()).hasValue("REFUSED");
    }

    private static String exactly(String message) {
        return Pattern.quote(message).replace("DIGEST", "\\E[0-9a-f]{64}\\Q");
    }

    private static Json report(TestModule module) throws Exception {
        return Json.parse(Files.readAllBytes(module.report("push.json")));
    }

    @Test
    void refusesAReleaseThatNamesAnotherImageEvenWhereTagsMayMove() throws Exception {
        Digest before = fixture.deliver(fixture.module("orders")).image().digest();

        DeliveryException refusal =
                refused(fixture.module("orders").sha(TestModule.OTHER_SHA).code("changed"));

        assertThat(refusal.getMessage()).matches(exactly("""
                The tag 1.4.0 points at another image already; nothing was sent or tagged
                  cause: 1.4.0 is %s, this build is sha256:DIGEST
                  to fix: release a new version; only what ecr.movingVersions names may move""".formatted(before)));
    }

    @Test
    void movesAVersionThatIsNamedAsMoving() throws Exception {
        fixture.deliver(fixture.module("orders").version("main"));

        Publication moved = fixture.deliver(fixture.module("orders")
                .version("main")
                .moving("ma*")
                .sha(TestModule.OTHER_SHA)
                .code("changed"));

        assertThat(moved.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.tags()).containsEntry("main", moved.image().digest());
    }

    @Test
    void refusesASnapshotThatIsNotNamedAsMoving() throws Exception {
        fixture.deliver(fixture.module("orders").version("2-SNAPSHOT"));

        DeliveryException refusal = refused(fixture.module("orders")
                .version("2-SNAPSHOT")
                .moving("main")
                .sha(TestModule.OTHER_SHA)
                .code("changed"));

        assertThat(refusal.getMessage())
                .startsWith("The tag 2-SNAPSHOT points at another image already; nothing was sent or tagged")
                .endsWith("only what ecr.movingVersions names may move");
    }

    @Test
    void movesNoShaTagWhateverIsNamedAsMoving() throws Exception {
        fixture.deliver(fixture.module("orders"));

        DeliveryException refusal =
                refused(fixture.module("orders").version("1.5.0").moving("*").code("changed"));

        assertThat(refusal.getMessage())
                .startsWith("The tag " + TestModule.SHA + " points at another image already; nothing was sent or");
    }

    @Test
    void refusesAMovingVersionWhereTagsAreImmutable() throws Exception {
        Digest before = fixture.deliver(fixture.module("strict").version("2-SNAPSHOT"))
                .image()
                .digest();

        DeliveryException refusal = refused(fixture.module("strict")
                .version("2-SNAPSHOT")
                .sha(TestModule.OTHER_SHA)
                .code("changed"));

        assertThat(refusal.getMessage()).matches(exactly("""
                The tag 2-SNAPSHOT points at another image already; nothing was sent or tagged
                  cause: 2-SNAPSHOT is %s, this build is sha256:DIGEST
                  to fix: exclude it from the repository's immutability (a filter such as *-SNAPSHOT), or \
                release a version""".formatted(before)));
        assertThat(fixture.ecr.tags("strict")).containsOnlyKeys(TestModule.SHA, "2-SNAPSHOT");
    }

    @Test
    void refusesARepositoryThatIsNotThere() {
        DeliveryException refusal = refused(fixture.module("shipping"));

        assertThat(refusal).hasMessage("""
                The repository shipping does not exist; nothing was sent
                  cause: ecr:BatchGetImage: RepositoryNotFoundException: The repository with name 'shipping' \
                does not exist in the registry with id '123456789012'
                  to fix: create it (-Decr.createRepository, or aws ecr create-repository --repository-name shipping), or name \
                another one with -Decr.name""");
        assertThat(fixture.requests()).containsExactly("ecr:BatchGetImage", "ecr:DescribeRepositoryCreationTemplates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecr:DescribeRepositories", "ecr:BatchGetImage"})
    void namesThePermissionThatTheFirstLookNeeds(String action) throws Exception {
        fixture.deliver(fixture.module("orders").version("2-SNAPSHOT"));
        fixture.ecr.faults().deny(action);

        DeliveryException refusal =
                refused(fixture.module("orders").version("2-SNAPSHOT").sha(TestModule.OTHER_SHA));

        assertThat(refusal.getMessage())
                .startsWith("Nothing was built or sent: ECR cannot be used\n  cause: " + action
                        + ": AccessDeniedException: User: ")
                .contains(" is not authorized to perform: " + action + " on resource: ")
                .endsWith("\n  to fix: allow " + action + " on the repository orders");
    }

    @Test
    void doesNotSendWhomASessionPolicyRefusesToTheRole() {
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:BatchGetImage"),
                        Behaviour.answer(400, "AccessDeniedException", limited("ecr:BatchGetImage")));

        assertThat(refused(fixture.module("orders")).getMessage())
                .contains("\n  to fix: allow ecr:BatchGetImage on the repository orders in the session policy");
    }

    @Test
    void tellsOfASessionPolicyThatRefusesAnUpload() {
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("POST /v2/orders/blobs/uploads/"),
                        Behaviour.answer(403, "DENIED", limited("ecr:InitiateLayerUpload")));

        DeliveryException refusal =
                catchThrowableOfType(DeliveryException.class, () -> fixture.stage(fixture.module("orders")));

        assertThat(refusal.getMessage())
                .contains("ecr:CompleteLayerUpload on the repository orders in the session policy");
    }

    private static String limited(String action) {
        return "User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: " + action
                + " on resource: arn:aws:ecr:eu-central-1:123456789012:repository/orders because no session policy"
                + " allows the " + action + " action";
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecr:BatchCheckLayerAvailability", "ecr:GetAuthorizationToken"})
    void namesThePermissionThatStagingNeeds(String action) {
        fixture.ecr.faults().deny(action);

        DeliveryException refusal =
                refused(fixture.module("orders").worthAsking().registry(DeliveryFixture.REGISTRY));

        assertThat(refusal.getMessage())
                .startsWith("The image could not be staged; nothing was tagged\n  cause: ")
                .contains(": AccessDeniedException: User: ")
                .endsWith("\n  to fix: allow " + action + " on the repository orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"})
    void namesThePermissionsThatUploadsNeed(String action) {
        fixture.ecr.faults().deny(action);

        DeliveryException refusal =
                catchThrowableOfType(DeliveryException.class, () -> fixture.stage(fixture.module("orders")));

        assertThat(refusal.getMessage())
                .startsWith("The image could not be staged; nothing was tagged\n  cause: ")
                .contains("not authorized to perform: " + action)
                .endsWith(
                        "\n  to fix: allow ecr:InitiateLayerUpload, ecr:UploadLayerPart and ecr:CompleteLayerUpload on"
                                + " the repository orders");
        assertThat(fixture.ecr.images("orders")).isEmpty();
    }

    /** A source whose registries cannot even be asked. */
    private record Broken(AwsException failure) implements EcrSource {
        @Override
        public Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
                throws AwsException {
            throw failure;
        }

        @Override
        public Optional<Caller> caller(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
                throws AwsException {
            throw failure;
        }

        @Override
        public boolean create(RepositoryName missing) {
            return false;
        }

        @Override
        public boolean isEmulatedAt(String host) {
            return false;
        }
    }

    @Test
    void refusesWhereThereAreNoCredentials() {
        fixture.newSession(new Broken(
                new AwsException("no AWS credentials: tried this and that", AwsException.NO_CREDENTIALS, 0, null)));

        assertThat(refused(fixture.module("orders"))).hasMessage("""
                No AWS credentials were found; nothing was sent
                  cause: no AWS credentials: tried this and that
                  to fix: set ecr.roleArn in CI, or log in and set AWS_PROFILE on your own machine""");
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void refusesWhereThereIsNoRegion() {
        fixture.newSession(new Broken(new AwsException("no AWS region: looked", AwsException.NO_REGION, 0, null)));

        assertThat(refused(fixture.module("orders"))).hasMessage("""
                No AWS region is configured; nothing was sent
                  cause: no AWS region: looked
                  to fix: set ecr.registry to the host of the registry, or set AWS_REGION or -Decr.region""");
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void refusesABaseThatIsNotThere() {
        String base = fixture.ecr.registryHost() + "/base/jre:99";

        DeliveryException refusal = refused(fixture.module("orders").base(base));

        assertThat(refusal.getMessage())
                .startsWith("The base image " + base + " was not found; nothing was built or sent\n  cause: ")
                .endsWith(
                        "\n  to fix: correct ecr.from; the reference needs its host, repository and an existing tag or"
                                + " digest");
    }

    @Test
    void refusesABaseThatMayNotBeRead() {
        String base = fixture.pinnedBase();
        fixture.ecr.faults().deny("ecr:GetDownloadUrlForLayer");

        DeliveryException refusal = refused(fixture.module("orders").base(base));

        assertThat(refusal.getMessage())
                .startsWith("The base image " + base + " may not be read; nothing was built or sent\n  cause: ")
                .endsWith("\n  to fix: name a base image that can be read without a login, or one in ECR that the role"
                        + " may read");
    }

    @Test
    void refusesABaseForAnotherPlatform() {
        String base = fixture.pinnedBase();

        DeliveryException refusal = refused(fixture.orders().platform("linux", "arm64"));

        assertThat(refusal).hasMessage("""
                The base image %s is not for linux/arm64
                  cause: its config says linux/amd64
                  to fix: choose another base image with -Decr.from=..., or the platform that it has""".formatted(base));
    }

    @Test
    void refusesABaseWhoseNameCannotBeRead() {
        assertThat(refused(fixture.module("orders").base("eclipse-temurin"))).hasMessage("""
                The base image's name cannot be read
                  cause: "eclipse-temurin" does not begin with a registry host
                  to fix: set ecr.from to host/repository:tag or host/repository@sha256:..., to a path, or to scratch""");
    }

    @Test
    void stopsAtThePermissionToWriteManifests() {
        fixture.ecr.faults().deny("ecr:PutImage");

        DeliveryException refusal =
                catchThrowableOfType(DeliveryException.class, () -> fixture.stage(fixture.module("orders")));

        assertThat(refusal).hasMessage("""
                The image could not be staged; nothing was tagged
                  cause: ecr:PutImage: AccessDeniedException: User: arn:aws:iam::123456789012:user/local is not \
                authorized to perform: ecr:PutImage on resource: \
                arn:aws:ecr:eu-central-1:123456789012:repository/orders because no identity-based policy allows the \
                ecr:PutImage action
                  to fix: allow ecr:PutImage on the repository orders""");
        assertThat(fixture.ecr.images("orders")).isEmpty();
    }
}
