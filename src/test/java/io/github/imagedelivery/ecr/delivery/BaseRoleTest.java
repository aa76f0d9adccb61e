package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.IdentityListener;
import io.github.imagedelivery.ecr.aws.RoleArn;
import io.github.imagedelivery.ecr.aws.RoleSettings;
import io.github.imagedelivery.ecr.aws.SessionTarget;
import io.github.imagedelivery.ecr.ci.IdentitySettings;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases in another account, which a role of that account reads; the target is written by a role of its own. */
class BaseRoleTest {
    private static final String READER = "arn:aws:iam::" + OtherAccount.ID + ":role/base-images";
    private static final String BASE = OtherAccount.HOST + "/jre:17";

    @TempDir
    Path directory;

    private final List<String> callers = new ArrayList<>();
    private final List<EcrClients> opened = new ArrayList<>();
    private DeliveryFixture fixture;
    private LocalEcr other;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
        other = LocalEcr.builder().account(OtherAccount.ID).start();
        TinyBase.seed(other, "jre", "17");
        TinyBase.seed(other, "jdk", "17");
    }

    @AfterEach
    void stop() throws IOException {
        opened.forEach(EcrClients::close);
        other.close();
        fixture.close();
    }

    private final class Told implements IdentityListener {
        @Override
        public void assumed(Session session) {
            callers.add(session.caller().arn() + " by " + session.means() + " for " + session.scope());
        }
    }

    private static Optional<IdentitySource> gitHub(LocalEcr ecr) throws Exception {
        return IdentitySource.detect(ecr.environment(CiJob.GITHUB), IdentitySettings.DEFAULT);
    }

    private static SessionTarget target(String name, boolean written) {
        return new SessionTarget(Optional.empty(), new RepositoryName(name), written);
    }

    private EcrClients clients(LocalEcr ecr, String role, Optional<IdentitySource> source, SessionTarget target)
            throws Exception {
        RoleSettings settings = new RoleSettings(
                RoleArn.parse(role), RoleSettings.SHORTEST, "0123456789ab-42", source, () -> List.of(target));
        AwsSettings keys = DeliveryFixture.settings(ecr);
        EcrClients clients = EcrClients.create(
                new AwsSettings(
                        keys.region(),
                        keys.keys(),
                        keys.ecrEndpoint(),
                        keys.stsEndpoint(),
                        Optional.empty(),
                        Optional.of(settings),
                        new Told()),
                Clock.systemUTC());
        opened.add(clients);
        return clients;
    }

    private void session(String reader, Optional<IdentitySource> source) throws Exception {
        EcrClients pushes = clients(
                fixture.ecr, "arn:aws:iam::123456789012:role/delivery", gitHub(fixture.ecr), target("orders", true));
        EcrSource target = new DeliveryFixture.Source(pushes, fixture.ecr);
        fixture.newSession(new OtherAccount(target, clients(other, reader, source, target("jre", false))));
        fixture.ecr.clearRequests();
        other.clearRequests();
    }

    private static List<String> kinds(LocalEcr ecr) {
        return ecr.requests().stream().map(RecordedRequest::kind).toList();
    }

    private DeliveryException refusal(String base) {
        return catchThrowableOfType(
                DeliveryException.class,
                () -> fixture.stage(fixture.module("orders").base(base)));
    }

    @Test
    void readsTheBaseByItsOwnRoleAndWritesTheTargetByTheOther() throws Exception {
        session(READER, gitHub(other));

        assertThat(fixture.deliver(fixture.module("orders").base(BASE)).result())
                .isEqualTo(Result.PUBLISHED);

        assertThat(callers)
                .containsExactlyInAnyOrder(
                        "arn:aws:sts::123456789012:assumed-role/delivery/0123456789ab-42 by the identity token of GitHub"
                                + " Actions (ACTIONS_ID_TOKEN_REQUEST_URL) for 1 repository",
                        "arn:aws:sts::210987654321:assumed-role/base-images/0123456789ab-42 by the identity token of"
                                + " GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL) for 1 repository");
        assertThat(kinds(other))
                .contains("GET /v2/jre/manifests/17")
                .allMatch(kind -> kind.startsWith("GET ")
                        || kind.startsWith("store:GET ")
                        || kind.equals("sts:AssumeRoleWithWebIdentity")
                        || kind.equals("ecr:GetAuthorizationToken"));
    }

    @Test
    void assumesTheRoleByTheCredentialsOfTheBuildWhereThereIsNoToken() throws Exception {
        session(READER, Optional.empty());

        assertThat(fixture.deliver(fixture.module("orders").base(BASE)).result())
                .isEqualTo(Result.PUBLISHED);

        assertThat(callers)
                .contains("arn:aws:sts::210987654321:assumed-role/base-images/0123456789ab-42 by credentials from"
                        + " properties of the build (aws.accessKeyId) for 1 repository");
        assertThat(kinds(other)).containsOnlyOnce("sts:AssumeRole").doesNotContain("sts:AssumeRoleWithWebIdentity");
    }

    @Test
    void saysWhoMayNotAssumeTheRole() throws Exception {
        session("arn:aws:iam::999999999999:role/base-images", Optional.empty());

        DeliveryException refusal = refusal(BASE);

        assertThat(refusal.isUserError()).isTrue();
        assertThat(refusal)
                .hasMessageStartingWith("The base image " + BASE + " cannot be read; nothing was built or sent")
                .hasMessageContaining("user/local is not authorized to perform: sts:AssumeRole on resource:"
                        + " arn:aws:iam::999999999999:role/base-images")
                .hasMessageContaining("to fix: allow sts:AssumeRole on arn:aws:iam::999999999999:role/base-images");
    }

    @Test
    void explainsALoginThatFailsOnceTheDataPlaneIsAsked() throws Exception {
        session(READER, gitHub(other));
        fixture.stage(fixture.module("orders").base(BASE));
        other.faults().expireLogins();
        other.faults().deny("ecr:GetAuthorizationToken");

        assertThat(refusal(OtherAccount.HOST + "/jdk:17"))
                .hasMessageContaining("cannot be read; nothing was built or sent")
                .hasMessageContaining(
                        "assumed-role/base-images/0123456789ab-42 is not authorized to perform: ecr:GetAuthorizationToken")
                .hasMessageContaining("to fix: allow ecr:GetAuthorizationToken");
    }
}
