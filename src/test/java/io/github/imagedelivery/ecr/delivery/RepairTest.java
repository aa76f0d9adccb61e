package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the user is told to do about what stays. */
class RepairTest {
    private static final String URI = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/shop/orders";
    private static final TagChange SHA = new TagChange.Create(new Tag(TestModule.SHA), Content.D.manifest());

    @Test
    void namesTheRegistryInTheCommandThatRemovesATag() {
        assertThat(Repair.of(URI, List.of(SHA)))
                .endsWith(": aws ecr batch-delete-image --registry-id 123456789012 --region eu-west-2"
                        + " --repository-name shop/orders --image-ids imageTag=" + TestModule.SHA);
    }

    @Test
    void removesNoTagWhoseVersionHasMoved() {
        TagChange version = new TagChange.Move(new Tag("2-SNAPSHOT"), Content.O.manifest(), Content.D.manifest());

        assertThat(Repair.of(URI, List.of(version, SHA)))
                .isEqualTo("run the build again: it completes what is missing; 2-SNAPSHOT was "
                        + Content.O.manifest().digest() + " before");
    }
}
