package io.github.imagedelivery.ecr.mojo;

import static io.github.imagedelivery.ecr.mojo.TestPlugin.bind;
import static io.github.imagedelivery.ecr.mojo.TestPlugin.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupMojoTest {
    private static final String REGISTRY = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";
    private static final String WORKFLOW = ".github/workflows/deploy.yml";
    private static final String PERMISSIONS = "ecr-setup/permissions.json";

    @TempDir
    Path top;

    private final SetupMojo mojo = new SetupMojo();
    private final List<String> log = new ArrayList<>();
    private MavenProject orders;
    private MavenProject billing;
    private MavenSession session;

    @BeforeEach
    void open() throws Exception {
        orders = application("orders");
        billing = application("billing");
        session = TestSession.of(top, orders, billing);
        session.getRequest().setGoals(List.of("ecr:setup"));
        mojo.session = session;
        mojo.execution = running();
        mojo.registry = REGISTRY;
        mojo.source = "github.com/Octo-Org/shop";
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                log.add(line.toString());
            }

            @Override
            public void warn(CharSequence line) {
                log.add("warning: " + line);
            }
        });
    }

    private MavenProject application(String name) throws Exception {
        MavenProject module = TestSession.module(top, name);
        Path sources = Files.createDirectories(top.resolve(name + "/src/main/java"));
        Files.writeString(sources.resolve("Main.java"), "class Main { public static void main(String[] args) {} }");
        return module;
    }

    private void bindBoth() throws Exception {
        bind(orders, "push", "<name>shop/orders</name>");
        bind(billing, "push", "");
    }

    private String written(String path) throws Exception {
        return Files.readString(top.resolve(path));
    }

    @Test
    void writesForEveryModuleThatIsPushed() throws Exception {
        bindBoth();

        mojo.execute();

        assertThat(written(PERMISSIONS)).contains("repository/shop/orders\"", "repository/billing\"");
        assertThat(written(WORKFLOW)).contains("run: mvn -B -ntp deploy\n");
        assertThat(log)
                .contains("wrote " + WORKFLOW, "wrote " + PERMISSIONS)
                .last()
                .isEqualTo("What to do next is in ecr-setup/README.md");
    }

    @Test
    void readsRepositoriesAsJibMavenPluginNamesThem() throws Exception {
        bind(orders, "push", "<to><image>" + REGISTRY + "/shop/orders</image></to>");

        mojo.execute();

        assertThat(written(PERMISSIONS)).contains("repository/shop/orders\"");
    }

    @Test
    void leavesLibrariesOut() throws Exception {
        bindBoth();
        Files.delete(top.resolve("billing/src/main/java/Main.java"));

        mojo.execute();

        assertThat(written(PERMISSIONS)).contains("repository/shop/orders\"").doesNotContain("billing");
    }

    @Test
    void leavesSkippedModulesOut() throws Exception {
        bind(orders, "push", "<skip>true</skip>");
        bind(billing, "push", "");

        mojo.execute();

        assertThat(written(PERMISSIONS)).contains("repository/billing\"").doesNotContain("orders");
    }

    @Test
    void refusesToWriteForNothing() throws Exception {
        bind(orders, "push", "<skip>true</skip>");

        assertThatThrownBy(mojo::execute).hasMessageContaining("There is no module to push; nothing was written");
    }

    @Test
    void takesAllApplicationsWhereNoPomNamesThePluginYet() throws Exception {
        billing.getProperties().setProperty("ecr.name", "shop/billing");

        mojo.execute();

        assertThat(written(PERMISSIONS)).contains("repository/orders\"", "repository/shop/billing\"");
        assertThat(log).contains("warning: No module runs ecr:push yet; ecr-setup/README.md shows what the POM needs");
    }

    @Test
    void repeatsInTheJobWhatTheCommandLineSays() throws Exception {
        bindBoth();
        session.getRequest().getUserProperties().setProperty("ecr.registry", REGISTRY);

        mojo.execute();

        assertThat(written(WORKFLOW)).contains("run: mvn -B -ntp deploy -Decr.registry=" + REGISTRY + "\n");
    }

    @Test
    void writesIntoTheRootOfTheWorkingCopyAndRunsMavenWhereItIs() throws Exception {
        Path root = Files.createDirectories(top.resolve("copy"));
        Files.createDirectory(root.resolve(".git"));
        bindBoth();
        mojo.session = TestSession.of(Files.createDirectories(root.resolve("backend/services")), orders, billing);
        mojo.session.getRequest().setGoals(List.of("ecr:setup"));

        mojo.execute();

        assertThat(Files.readString(root.resolve(WORKFLOW))).contains("run: mvn -B -ntp deploy -f backend/services\n");
    }

    @Test
    void runsOnTheJavaThatTheModulesAreCompiledFor() throws Exception {
        bindBoth();
        billing.getProperties().setProperty("maven.compiler.release", "19");

        mojo.execute();

        assertThat(written(WORKFLOW)).contains("java-version: \"21\"");
    }

    @Test
    void readsABaseThatIsInEcr() throws Exception {
        bind(orders, "push", "<from>" + REGISTRY + "/base/jre:17</from>");
        bind(billing, "push", "<from>docker.io/library/eclipse-temurin:17</from>");

        mojo.execute();

        assertThat(written("ecr-setup/permissions-base.json")).contains("eu-west-2:123456789012:repository/base/jre\"");
    }

    @Test
    void readsThePullThroughCacheInPlaceOfTheRegistryThatABaseNames() throws Exception {
        String mirrors = "<baseMirrors><docker.io>" + REGISTRY + "/docker-hub</docker.io></baseMirrors>";
        bind(orders, "push", "<from>docker.io/library/eclipse-temurin:17</from>" + mirrors);

        mojo.execute();

        assertThat(written("ecr-setup/permissions-base.json"))
                .contains("eu-west-2:123456789012:repository/docker-hub/library/eclipse-temurin\"");
    }

    @Test
    void readsTheMirrorOfTheDefaultBase() throws Exception {
        bind(orders, "push", "<baseMirrorList>public.ecr.aws=" + REGISTRY + "/ecr-public</baseMirrorList>");
        orders.getProperties().setProperty("maven.compiler.release", "17");

        mojo.execute();

        assertThat(written("ecr-setup/permissions-base.json"))
                .contains("repository/ecr-public/docker/library/eclipse-temurin\"");
    }

    @Test
    void createsRepositoriesInWhichTheVersionsOfTheModulesMayMove() throws Exception {
        bind(orders, "push", "<movingVersions>*-SNAPSHOT,main</movingVersions>");
        bind(billing, "push", "");

        mojo.execute();

        assertThat(written("ecr-setup/README.md"))
                .contains("filters filterType=WILDCARD,filter='*-SNAPSHOT' filterType=WILDCARD,filter='main'\n");
    }

    @Test
    void refusesMoreMovingVersionsThanARepositoryTakes() throws Exception {
        bind(orders, "push", "<movingVersions>a*,b*,c*</movingVersions>");
        bind(billing, "push", "<movingVersions>c*,d*,e*,f*</movingVersions>");

        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("cause: ecr.movingVersions of the modules are [a*, b*, c*, d*, e*, f*];"
                        + " a repository of ECR takes 5 exclusion filters");
    }

    @Test
    void refusesARoleOfAnotherPartition() throws Exception {
        bindBoth();
        mojo.roleArn = "arn:aws-cn:iam::123456789012:role/image-delivery";

        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("cause: the role is in the partition aws-cn, the registry in aws");
    }

    @Test
    void writesNothingWhereOneFileIsInTheWay() throws Exception {
        bindBoth();
        Files.createDirectory(top.resolve("ecr-setup"));
        Files.writeString(top.resolve("ecr-setup/trust.json"), "mine");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("""
                        Files are in the way; nothing was written
                          cause: ecr-setup/trust.json in %s differ from what would be written
                          to fix: look at it with -Decr.setup.dryRun and change them by hand, or replace them with \
                        -Decr.force""".formatted(top));
        assertThat(top.resolve(WORKFLOW)).doesNotExist();

        mojo.force = true;
        mojo.execute();
        assertThat(written("ecr-setup/trust.json")).contains("repo:Octo-Org/shop:ref:refs/heads/main");
    }

    @Test
    void printsOnlyWhereItIsADryRun() throws Exception {
        bindBoth();
        mojo.dryRun = true;

        mojo.execute();

        assertThat(top.resolve(".github")).doesNotExist();
        assertThat(top.resolve("ecr-setup")).doesNotExist();
        assertThat(log).anyMatch(line -> line.startsWith(WORKFLOW + ":\n# Written by ecr:setup"));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() throws Exception {
        bindBoth();
        mojo.source = "shop";
        mojo.registry = "example.com";
        mojo.roleArn = "image-delivery";

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("ecr.registry is not the host of an ECR registry")
                .hasMessageContaining("The source repository cannot be used");

        mojo.registry = REGISTRY;
        mojo.source = "github.com/Octo-Org/shop";
        mojo.branch = "release/*";
        mojo.environment = "a b";
        mojo.pattern = "other/*";
        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("ecr.setup.branch has a value")
                .hasMessageContaining("ecr.setup.environment has a value")
                .hasMessageContaining("ecr.setup.pattern has a value")
                .hasMessageContaining("to fix: correct it with -Decr.setup.branch, or leave it out for ");
    }

    @Test
    void tellsWhatToDoWhereNoRegistryIsNamed() throws Exception {
        bindBoth();
        mojo.registry = null;

        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("The registry is not known")
                .hasMessageContaining("-Decr.registry=ACCOUNT.dkr.ecr.REGION.amazonaws.com");
    }

    @Test
    void refusesModulesOfSeveralRegistries() throws Exception {
        bind(orders, "push", "<registry>999999999999.dkr.ecr.eu-west-2.amazonaws.com</registry>");
        bind(billing, "push", "");

        assertThatThrownBy(mojo::execute).hasMessageContaining("The modules are pushed to different registries");
    }

    @Test
    void asksForTheSourceWhereThereIsNoWorkingCopy() throws Exception {
        bindBoth();
        mojo.source = null;

        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("Which repository the images are built from cannot be told")
                .hasMessageContaining("set -Decr.setup.source=github.com/OWNER/REPOSITORY");
    }

    @Test
    void refusesAModuleWhoseRepositoryAnotherPluginWillName() throws Exception {
        bind(orders, "push", "<name>${build.name}</name>");

        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("The repository of orders is not known before it is built");
    }
}
