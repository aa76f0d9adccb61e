package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.aws.NewRepository.Encryption;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A push to a repository that is not there. */
class CreationTest extends WithFixture {
    private static final NewRepository SETTINGS = new NewRepository(
            List.of(new TagPattern("*-SNAPSHOT")), true, new Encryption("AES256", Optional.empty()), Map.of());

    private StagedImage stage(TestModule module) throws Exception {
        return fixture.delivery.stage(module.module(), Exchange.Listener.NONE);
    }

    private RepositoryDescription described(String name) throws Exception {
        return fixture.source()
                .open(Optional.empty(), Optional.empty(), Exchange.Listener.NONE)
                .describe(new RepositoryName(name));
    }

    @Test
    void createsTheRepositoryWithImmutableTagsButForMovingOnes() throws Exception {
        stage(fixture.module("fresh").creating(SETTINGS));

        assertThat(described("fresh").mutability()).isEqualTo("IMMUTABLE_WITH_EXCLUSION");
        assertThat(described("fresh").exclusionFilters()).containsExactly("*-SNAPSHOT");
        assertThat(fixture.log.events).contains("created fresh");
    }

    @Test
    void doesNotTouchARepositoryThatIsThere() throws Exception {
        stage(fixture.module("orders").creating(SETTINGS));

        assertThat(described("orders").mutability()).isEqualTo("MUTABLE");
        assertThat(fixture.ecr.requests()).extracting(r -> r.kind()).doesNotContain("ecr:CreateRepository");
    }

    @Test
    void createsNothingUnlessAsked() {
        assertThatThrownBy(() -> stage(fixture.module("fresh"))).hasMessageContaining("fresh does not exist");
        assertThat(fixture.ecr.repositories()).doesNotContain("fresh");
    }

    @Test
    void saysWhichRightIsMissingToCreateIt() {
        fixture.ecr.faults().deny("ecr:CreateRepository");

        assertThatThrownBy(() -> stage(fixture.module("fresh").creating(SETTINGS)))
                .hasMessageContaining("to fix: allow ecr:CreateRepository on the repository fresh");
    }

    @Test
    void pushesToARepositoryThatATemplateCreates() throws Exception {
        restart(LocalEcr.builder().createOnPush(true));

        stage(fixture.module("fresh"));

        assertThat(fixture.ecr.images("fresh")).hasSize(1);
    }
}
