package io.github.imagedelivery.ecr.mojo;

import static io.github.imagedelivery.ecr.mojo.TestPlugin.bind;
import static io.github.imagedelivery.ecr.mojo.TestPlugin.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.SessionTarget;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which repositories the session of a role is for. */
class PolicyTargetsTest {
    private static final String REGISTRY = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";
    private static final String CACHE = "210987654321.dkr.ecr.eu-central-1.amazonaws.com";
    private static final String TO = "<registry>" + REGISTRY + "</registry>";

    @TempDir
    Path top;

    private MavenProject orders;
    private MavenProject billing;
    private MavenSession session;

    @BeforeEach
    void open() {
        orders = TestSession.module(top, "orders");
        billing = TestSession.module(top, "billing");
        session = TestSession.of(top, orders, billing);
        ask("deploy");
    }

    private List<SessionTarget> targets() throws Exception {
        return look().all();
    }

    private PolicyTargets look() throws Exception {
        return new PolicyTargets(session, running(), Optional.of("localhost:5000"));
    }

    private void ask(String... goals) {
        session.getRequest().setGoals(List.of(goals));
    }

    /** Has goals of the command line go there, too. */
    private void toTheRegistry() {
        session.getRequest().getUserProperties().setProperty("ecr.registry", REGISTRY);
    }

    private static SessionTarget written(String repository) throws FormatException {
        return new SessionTarget(Optional.of(EcrHost.parse(REGISTRY)), new RepositoryName(repository), true);
    }

    private static SessionTarget read(String registry, String repository) throws FormatException {
        return new SessionTarget(Optional.of(EcrHost.parse(registry)), new RepositoryName(repository), false);
    }

    @Test
    void areWhatModulesPushToAndReadTheirBasesFrom() throws Exception {
        bind(orders, "push", TO + "<name>shop/orders</name><from>" + REGISTRY + "/base/jre:17</from>");
        bind(billing, "push", TO + "<from>" + REGISTRY + "/base/jre:17</from>");

        assertThat(targets())
                .containsExactlyInAnyOrder(written("shop/orders"), written("billing"), read(REGISTRY, "base/jre"));
    }

    @Test
    void areNoRegistriesOfOthers() throws Exception {
        bind(orders, "push", TO + "<from>docker.io/library/eclipse-temurin:17-jre</from>");

        assertThat(targets()).containsExactly(written("orders"));
    }

    @Test
    void areThePullThroughCacheThatABaseIsReadBy() throws Exception {
        String mirrors = "<baseMirrors><docker.io>" + CACHE + "/docker-hub</docker.io></baseMirrors>";
        bind(orders, "push", TO + "<from>docker.io/library/eclipse-temurin:17-jre</from>" + mirrors);

        assertThat(targets())
                .containsExactlyInAnyOrder(written("orders"), read(CACHE, "docker-hub/library/eclipse-temurin"));
    }

    @Test
    void areTheMirrorInPlaceOfTheRepositoryThatABaseNames() throws Exception {
        String mirrors = "<baseMirrorList>" + REGISTRY + "=" + CACHE + "/copies</baseMirrorList>";
        bind(orders, "push", TO + "<from>" + REGISTRY + "/base/jre:17</from>" + mirrors);

        assertThat(targets()).containsExactlyInAnyOrder(written("orders"), read(CACHE, "copies/base/jre"));
    }

    @Test
    void areTheMirrorOfTheDefaultBaseWhateverTheJavaRelease() throws Exception {
        orders.getProperties().setProperty("ecr.base.mirrors", "public.ecr.aws=" + CACHE + "/ecr-public");
        bind(orders, "push", TO);

        assertThat(targets())
                .containsExactlyInAnyOrder(written("orders"), read(CACHE, "ecr-public/docker/library/eclipse-temurin"));
    }

    @Test
    void areInTheEmulatorWhereABaseNamesIt() throws Exception {
        bind(orders, "push", TO + "<from>localhost:5000/base/jre:17</from>");

        assertThat(targets()).contains(new SessionTarget(Optional.empty(), new RepositoryName("base/jre"), false));
    }

    @Test
    void leaveOutWhatIsSkippedOrNotKnownYet() throws Exception {
        bind(orders, "push", TO + "<skip>true</skip><from>scratch</from>");
        bind(billing, "push", TO + "<name>${build.name}</name><from>scratch</from>");

        assertThat(targets()).isEmpty();
    }

    @Test
    void areNotPushedToByALibraryThatInheritsTheGoal() throws Exception {
        bind(orders, "push", TO + "<mainClass>demo.Main</mainClass>");
        bind(billing, "push", TO);

        assertThat(look().pushed()).containsExactly(written("orders"));
    }

    @Test
    void areReadWhereImagesAreCompared() throws Exception {
        toTheRegistry();
        bind(orders, "push", "<from>" + REGISTRY + "/base/jre:17</from>");
        bind(billing, "diff", "<from>scratch</from>");
        ask("package", "ecr:diff");

        assertThat(targets())
                .containsExactlyInAnyOrder(
                        read(REGISTRY, "orders"), read(REGISTRY, "billing"), read(REGISTRY, "base/jre"));
    }

    @Test
    void areReadWhereThePomComparesImages() throws Exception {
        bind(orders, "diff", TO + "<from>" + REGISTRY + "/base/jre:17</from>");
        ask("verify");

        assertThat(targets()).containsExactlyInAnyOrder(read(REGISTRY, "orders"), read(REGISTRY, "base/jre"));
    }

    @Test
    void areWrittenWhereImagesArePushedAsWell() throws Exception {
        bind(orders, "push", TO + "<from>scratch</from>");
        bind(billing, "push", TO + "<from>scratch</from>");
        ask("deploy", "ecr:diff");

        assertThat(targets()).contains(written("orders"), written("billing"));
    }

    @Test
    void areTheBasesAloneWhereTheseAreLocked() throws Exception {
        bind(orders, "push", TO + "<from>" + REGISTRY + "/base/jre:17</from>");
        ask("ecr:lock");

        assertThat(targets()).containsExactly(read(REGISTRY, "base/jre"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecr:push", "ecr:stage", "ecr:check", "ecr:publish"})
    void areWrittenByEachGoalThatDoesSoOrTriesTo(String goal) throws Exception {
        toTheRegistry();
        bind(orders, "stage", "<from>scratch</from>");
        ask(goal);

        assertThat(targets()).contains(written("orders"));
    }

    @Test
    void areTheBasesAloneForWhoReadsThese() throws Exception {
        bind(orders, "push", TO + "<from>" + REGISTRY + "/base/jre:17</from>");
        ask("deploy", "ecr:diff");

        assertThat(look().bases()).containsExactly(read(REGISTRY, "base/jre"));
    }

    @Test
    void leaveABaseOutWhoseMirrorsCannotBeRead() throws Exception {
        bind(orders, "push", TO + "<from>" + REGISTRY + "/base/jre:17</from>" + "<baseMirrorList>x y</baseMirrorList>");

        assertThat(targets()).containsExactly(written("orders"));
    }
}
