package io.github.imagedelivery.ecr.mojo;

import static io.github.imagedelivery.ecr.mojo.TestPlugin.bind;
import static io.github.imagedelivery.ecr.mojo.TestPlugin.dom;
import static io.github.imagedelivery.ecr.mojo.TestPlugin.execution;
import static io.github.imagedelivery.ecr.mojo.TestPlugin.plugin;
import static io.github.imagedelivery.ecr.mojo.TestPlugin.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTargetsTest {
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
        session.getRequest().setGoals(List.of("deploy"));
    }

    @Test
    void readsEveryModuleThatBindsAGoalThatStages() throws Exception {
        bind(orders, "push", "");
        bind(billing, "stage", "");

        assertThat(targets())
                .extracting(target -> target.project().getArtifactId())
                .containsExactly("orders", "billing");
    }

    @Test
    void leavesAModuleOutThatDoesNotBindThePlugin() throws Exception {
        bind(orders, "push", "");

        assertThat(targets()).extracting(Target::project).containsExactly(orders);
    }

    @Test
    void leavesAnInheritedExecutionOutThatAModuleHasSwitchedOff() throws Exception {
        bind(orders, "push", "");
        bind(billing, "push", "");
        billing.getBuild().getPlugins().get(0).getExecutions().get(0).setPhase("none");

        assertThat(targets()).extracting(Target::project).containsExactly(orders);
    }

    @Test
    void takesTheConfigurationOfTheExecution() throws Exception {
        bind(orders, "push", "<name>shop/orders</name><version>7</version><movingVersions>main,next</movingVersions>");

        PushMojo parameters = only();
        assertThat(parameters.name).isEqualTo("shop/orders");
        assertThat(parameters.version).isEqualTo("7");
        assertThat(parameters.movingVersions).containsExactly("main", "next");
    }

    @Test
    void takesThePropertiesOfEachModuleItself() throws Exception {
        bind(orders, "push", "");
        bind(billing, "push", "");
        orders.getProperties().setProperty("ecr.name", "shop/orders");
        billing.getProperties().setProperty("ecr.name", "shop/billing");

        assertThat(targets())
                .extracting(target -> target.parameters().name)
                .containsExactly("shop/orders", "shop/billing");
    }

    @Test
    void prefersTheCommandLineToTheProperty() throws Exception {
        bind(orders, "push", "");
        orders.getProperties().setProperty("ecr.registry", "of-the-pom");
        session.getRequest().getUserProperties().setProperty("ecr.registry", "of-the-user");

        assertThat(only().registry).isEqualTo("of-the-user");
    }

    @Test
    void prefersTheConfigurationToTheCommandLineAsMavenDoes() throws Exception {
        bind(orders, "push", "<registry>of-the-configuration</registry>");
        session.getRequest().getUserProperties().setProperty("ecr.registry", "of-the-user");

        assertThat(only().registry).isEqualTo("of-the-configuration");
    }

    @Test
    void givesDefaultsAndTheModuleItself() throws Exception {
        bind(orders, "push", "");

        PushMojo parameters = only();
        assertThat(parameters.platform).isEqualTo("linux/amd64");
        assertThat(parameters.project).isSameAs(orders);
        assertThat(parameters.reportDirectory)
                .isEqualTo(top.resolve("orders/target/ecr").toFile());
    }

    @Test
    void tellsWhichParametersAnotherPluginHasYetToSet() throws Exception {
        bind(orders, "push", "<name>${build.name}</name><version>${project.version}</version>");

        Target target = targets().get(0);
        assertThat(target.unsettled()).containsExactly("name");
        assertThat(target.parameters().version).isEqualTo("1.4.0");
    }

    @Test
    void tellsWhichNestedNamesAnotherPluginHasYetToSet() throws Exception {
        bind(
                orders,
                "push",
                "<from><image>${base.image}</image></from><to><image>${target.image}</image></to>"
                        + "<container><args>${later}</args></container>");

        assertThat(targets().get(0).unsettled()).containsExactlyInAnyOrder("from", "registry", "name");
    }

    @Test
    void readsNestedNamesAsTheFlatOnes() throws Exception {
        bind(
                orders,
                "push",
                "<from><image>./base.tar</image></from>"
                        + "<to><image>123456789012.dkr.ecr.eu-west-2.amazonaws.com/shop/orders</image></to>"
                        + "<container><mainClass>a.B</mainClass></container>");

        PushMojo parameters = only();
        assertThat(parameters.registry).isEqualTo("123456789012.dkr.ecr.eu-west-2.amazonaws.com");
        assertThat(parameters.name).isEqualTo("shop/orders");
        assertThat(parameters.mainClass).isEqualTo("a.B");
        assertThat(Parameters.text(parameters.from)).hasValue("./base.tar");
        assertThat(targets().get(0).unsettled()).isEmpty();
    }

    @Test
    void readsNothingOfASkippedModuleThatWouldBeRefused() throws Exception {
        bind(orders, "push", "<skip>true</skip><to><image>docker.io/orders</image></to>");

        assertThat(targets()).extracting(Target::isSkipped).containsExactly(true);
    }

    @Test
    void tellsThatAModuleIsSkipped() throws Exception {
        bind(orders, "push", "<skip>true</skip>");
        bind(billing, "push", "");
        billing.setPackaging("pom");

        assertThat(targets()).extracting(Target::isSkipped).containsExactly(true, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ecr:push",
                "io.github.imagedelivery:ecr-maven-plugin:push",
                "io.github.imagedelivery:ecr-maven-plugin:1.0:check"
            })
    void takesEveryModuleWhereTheGoalIsOnTheCommandLine(String goal) throws Exception {
        session.getRequest().setGoals(List.of("package", goal));

        assertThat(targets()).extracting(Target::project).containsExactly(orders, billing);
    }

    @Test
    void configuresAGoalOfTheCommandLineByTheManagedPlugin() throws Exception {
        Plugin plugin = plugin();
        plugin.setConfiguration(dom("<name>managed</name>"));
        orders.getBuild().setPluginManagement(new PluginManagement());
        orders.getBuild().getPluginManagement().addPlugin(plugin);
        session.getRequest().setGoals(List.of("ecr:push"));

        assertThat(targets().get(0).parameters().name).isEqualTo("managed");
    }

    @Test
    void configuresAGoalOfTheCommandLineByTheExecutionThatItNames() throws Exception {
        bind(orders, "push", "<name>of-the-execution</name>");
        session.getRequest().setGoals(List.of("ecr:push@push"));

        assertThat(targets().get(0).parameters().name).isEqualTo("of-the-execution");
    }

    @Test
    void readsAModuleThatBindsTheCheckAlone() throws Exception {
        bind(orders, "check", "<name>shop/orders</name>");

        assertThat(only().name).isEqualTo("shop/orders");
    }

    @Test
    void doesNotReadTheCheckBesideThePushThatItIsFor() throws Exception {
        bind(orders, "push", "<name>shop/orders</name>");
        orders.getPlugin("io.github.imagedelivery:ecr-maven-plugin").addExecution(execution("check", ""));

        assertThat(targets()).extracting(Target::execution).containsExactly("push");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "ecr:check", "ecr:push"})
    void isReachedByABuildThatMakesTheImage(String asked) throws Exception {
        bind(orders, "push", "");
        session.getRequest().setGoals(List.of("clean", asked));

        assertThat(targets()).extracting(Target::isReached).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "install", "clean", "site", "dependency:tree"})
    void isNotReachedByABuildThatEndsBefore(String asked) throws Exception {
        bind(orders, "push", "");
        session.getRequest().setGoals(List.of(asked));

        assertThat(targets()).extracting(Target::isReached).containsExactly(false);
    }

    @Test
    void isReachedEarlierWhereItIsBoundToAnEarlierPhase() throws Exception {
        bind(orders, "push", "");
        orders.getPlugin("io.github.imagedelivery:ecr-maven-plugin")
                .getExecutions()
                .get(0)
                .setPhase("package");
        session.getRequest().setGoals(List.of("verify"));

        assertThat(targets()).extracting(Target::isReached).containsExactly(true);
    }

    @Test
    void goesByThePomsDefaultGoalWhereNothingIsAskedFor() throws Exception {
        bind(orders, "push", "");
        session.getRequest().setGoals(List.of());
        session.getTopLevelProject().getBuild().setDefaultGoal("clean deploy");

        assertThat(targets()).extracting(Target::isReached).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecr:lock", "ecr:diff", "ecr:build"})
    void isNotReachedByAGoalThatPushesNothing(String asked) throws Exception {
        bind(orders, "push", "");
        session.getRequest().setGoals(List.of("package", asked));

        assertThat(targets()).extracting(Target::isReached).containsOnly(false);
    }

    @Test
    void isReachedByTheGoalThatPushesBesideOneThatDoesNot() throws Exception {
        session.getRequest().setGoals(List.of("ecr:push", "ecr:lock"));

        assertThat(targets()).extracting(Target::isReached).containsExactly(true, true);
    }

    @Test
    void comparesEveryModuleWhereTheGoalIsOnTheCommandLine() throws Exception {
        bind(orders, "push", "<name>of-the-push</name>");
        bind(billing, "diff", "<name>of-the-diff</name>");
        session.getRequest().setGoals(List.of("package", "ecr:diff@diff"));

        assertThat(compared()).extracting(Target::project).containsExactly(orders, billing);
        assertThat(compared()).extracting(target -> target.parameters().name).containsExactly(null, "of-the-diff");
    }

    @Test
    void comparesWhatThePomSaysOnceTheBuildComesByIt() throws Exception {
        bind(orders, "diff", "");
        session.getRequest().setGoals(List.of("package"));

        assertThat(compared()).extracting(Target::project).containsExactly(orders);
        assertThat(targets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compile", "ecr:check", "ecr:push"})
    void comparesNothingInABuildThatDoesNotComeByIt(String asked) throws Exception {
        bind(orders, "diff", "");
        session.getRequest().setGoals(List.of(asked));

        assertThat(compared()).isEmpty();
    }

    @Test
    void namesTheModuleWhoseConfigurationMavenCannotRead() throws Exception {
        bind(orders, "push", "<movingVersions><a><b>1</b></a></movingVersions><labels>text</labels>");

        assertThatThrownBy(this::targets)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("The configuration of ecr-maven-plugin in orders cannot be used");
    }

    @Test
    void leavesTheCurrentProjectAsItWas() throws Exception {
        bind(billing, "push", "");
        session.setCurrentProject(orders);

        targets();

        assertThat(session.getCurrentProject()).isSameAs(orders);
    }

    private PushMojo only() throws Exception {
        assertThat(targets()).hasSize(1);
        return targets().get(0).parameters();
    }

    private List<Target> compared() throws Exception {
        return SessionTargets.compared(session, running());
    }

    private List<Target> targets() throws Exception {
        return SessionTargets.of(session, running());
    }
}
