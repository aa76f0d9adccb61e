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

/** How often ECR is asked what it says of the repositories of a reactor. */
class DescriptionsTest {
    private static final String DESCRIBE = "ecr:DescribeRepositories";

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
            return names.stream().map(DescriptionsTest::name).toList();
        }
    }

    private static RepositoryName name(String name) {
        return new RepositoryName(name);
    }

    private static Delivery foreseeing(DeliveryFixture fixture, String... names) {
        return fixture.newSession(new Foreseeing(fixture.source(), List.of(names)));
    }

    private static void stage(Delivery delivery, DeliveryFixture fixture, String... modules) throws DeliveryException {
        for (String module : modules) {
            delivery.stage(fixture.module(module).base(fixture.pinnedBase()).module(), Exchange.Listener.NONE);
        }
    }

    @Test
    void asksOnceForAllModulesOfABuild() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.ecr.createRepository("reports");
            fixture.ecr.createRepository("mail");

            stage(foreseeing(fixture, "orders", "reports", "mail"), fixture, "orders", "reports", "mail");

            assertThat(fixture.count(DESCRIBE)).isEqualTo(1);
            assertThat(fixture.ecr.images("mail")).hasSize(1);
        }
    }

    @Test
    void asksForEachByItselfWhereOneIsMissing() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.ecr.createRepository("reports");
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
            fixture.ecr.createRepository("reports");
            fixture.ecr.createRepository("mail");

            stage(foreseeing(fixture, "orders", "reports"), fixture, "orders", "mail", "reports");

            assertThat(fixture.count(DESCRIBE)).isEqualTo(2);
        }
    }

    @Test
    void asksAnewForARepositoryThatIsPushedToAgain() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.ecr.createRepository("reports");

            stage(foreseeing(fixture, "orders", "reports"), fixture, "orders", "reports", "orders");

            assertThat(fixture.count(DESCRIBE)).isEqualTo(2);
        }
    }
}
