package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.Revision.Cleanliness;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.registry.Registries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the image says that its source is. */
class SourceLabelTest {
    private static final String OF_THE_POM = "https://git.example.com/pom";

    @TempDir
    Path directory;

    @Test
    void isTheRemoteOfTheWorkingCopy() throws Exception {
        WorkingCopy clone = () -> Optional.of(new Revision(
                TestModule.SHA,
                Cleanliness.CLEAN,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of("https://git.example.com/clone")));

        assertThat(source(clone)).hasValue("https://git.example.com/clone");
    }

    @Test
    void isThatOfThePomWithoutARemote() throws Exception {
        assertThat(source(Optional::empty)).hasValue(OF_THE_POM);
    }

    private Optional<String> source(WorkingCopy workingCopy) throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            Registries registries = Registries.create(DeliveryFixture.TWO_TRIES);
            EcrSource ecr = fixture.source();
            Workshop workshop = new Workshop(
                    ecr,
                    registries,
                    new BaseImages(registries, ecr, RegistryLogins.NONE, fixture.cache()),
                    ImageBuilder.jib(directory.resolve("cache/layers"), "test"));
            Delivery delivery = new Delivery(
                    workshop,
                    new Surroundings(workingCopy, Optional.empty(), millis -> {}),
                    new RecordingLog(),
                    Progress.UNSEEN);
            Digest digest = delivery.stage(withSource(fixture.orders().module()), Exchange.Listener.NONE)
                    .digest();
            Manifest image = fixture.ecr.manifest("orders", digest).orElseThrow();
            return Json.parse(fixture.ecr.blob(
                            "orders", image.config().orElseThrow().digest()))
                    .get("config")
                    .get("Labels")
                    .get("org.opencontainers.image.source")
                    .text();
        }
    }

    private static Module withSource(Module module) {
        Recipe recipe = (Recipe) module.making();
        return new Module(
                module.name(),
                module.coordinates(),
                module.creation(),
                module.policy(),
                new Recipe(
                        recipe.base(),
                        recipe.platforms(),
                        recipe.application(),
                        recipe.container(),
                        new ImageDescription(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(OF_THE_POM),
                                Optional.empty(),
                                Map.of(),
                                Map.of()),
                        recipe.compression()),
                module.reports());
    }
}
