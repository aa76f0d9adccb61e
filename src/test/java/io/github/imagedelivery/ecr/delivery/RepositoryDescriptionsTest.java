package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often ECR is asked what it says of the repositories of a reactor whose tags are to move. */
class RepositoryDescriptionsTest {
    private static final String DESCRIBE = "ecr:DescribeRepositories";
    private static final String MOVING = "2-SNAPSHOT";

    @TempDir
    Path directory;

    /** A source that knows which repositories will be asked for. */
    private static final class Foreseeing extends PassingSource {
        private final List<String> names;

        private Foreseeing(EcrSource source, List<String> names) {
            super(source);
            this.names = names;
        }

        @Override
        public Collection<RepositoryName> expected(Optional<EcrHost> registry) {
            return names.stream().map(RepositoryDescriptionsTest::name).toList();
        }
    }

    private static RepositoryName name(String name) {
        return new RepositoryName(name);
    }

    /** Publishes each module, in repositories that are made for it unless they are there. */
    private static void publish(DeliveryFixture fixture, String... modules) throws Exception {
        for (String module : modules) {
            if (!fixture.ecr.repositories().contains(module)) {
                fixture.ecr.createRepository(module);
            }
            fixture.deliver(fixture.module(module).base(fixture.pinnedBase()).version(MOVING));
        }
        fixture.ecr.clearRequests();
    }

    private static Delivery foreseeing(DeliveryFixture fixture, String... names) {
        return fixture.newSession(new Foreseeing(fixture.source(), List.of(names)));
    }

    private static void stage(Delivery delivery, DeliveryFixture fixture, String... modules) throws DeliveryException {
        for (String module : modules) {
            TestModule next = fixture.module(module).base(fixture.pinnedBase()).version(MOVING);
            delivery.stage(next.sha(TestModule.OTHER_SHA).module(), Exchange.Listener.NONE);
        }
    }

    @Test
    void asksOnceForAllModulesOfABuild() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            publish(fixture, "orders", "reports", "mail");

            stage(foreseeing(fixture, "orders", "reports", "mail"), fixture, "orders", "reports", "mail");

            assertThat(fixture.count(DESCRIBE)).isEqualTo(1);
            assertThat(fixture.ecr.images("mail")).hasSize(2);
        }
    }

    @Test
    void asksForNoneWhereNoTagIsToMove() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            publish(fixture, "orders", "reports");
            Delivery delivery = foreseeing(fixture, "orders", "reports");

            for (String module : List.of("orders", "reports")) {
                TestModule next = fixture.module(module).base(fixture.pinnedBase());
                delivery.stage(next.version("2").sha(TestModule.OTHER_SHA).module(), Exchange.Listener.NONE);
            }

            assertThat(fixture.count(DESCRIBE)).isZero();
        }
    }

    @Test
    void asksForEachByItselfWhereOneIsMissing() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            publish(fixture, "orders", "reports");
            Delivery delivery = foreseeing(fixture, "orders", "missing", "reports");

            stage(delivery, fixture, "orders", "reports");

            assertThat(fixture.count(DESCRIBE)).isEqualTo(3);
            assertThatThrownBy(() -> stage(delivery, fixture, "missing"))
                    .hasMessageContaining("The repository missing does not exist");
        }
    }

    @Test
    void asksForARepositoryThatNobodyForesaw() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            publish(fixture, "orders", "mail", "reports");

            stage(foreseeing(fixture, "orders", "reports"), fixture, "orders", "mail", "reports");

            assertThat(fixture.count(DESCRIBE)).isEqualTo(2);
        }
    }

    @Test
    void asksAnewForARepositoryThatIsPushedToAgain() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            publish(fixture, "orders", "reports");

            stage(foreseeing(fixture, "orders", "reports"), fixture, "orders", "reports", "orders");

            assertThat(fixture.count(DESCRIBE)).isEqualTo(2);
        }
    }
}
