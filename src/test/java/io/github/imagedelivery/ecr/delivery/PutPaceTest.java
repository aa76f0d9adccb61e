package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.registry.Registries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ECR takes ten manifests in a second; nobody who writes more is to be refused, and nobody who writes less is to wait.
 */
class PutPaceTest {
    private static final String HOST = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";
    private static final String OTHER = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    private static final int MODULES = 100;

    private final VirtualTime time = new VirtualTime();
    private final PutPace pace = new PutPace(time::nanos, time);

    private List<Long> write(int count) {
        List<Long> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pace.await(HOST);
            written.add(time.passedMillis());
        }
        return written;
    }

    @Test
    void letsTenFollowEachOtherAtOnce() {
        assertThat(write(10)).containsOnly(0L);
    }

    @Test
    void writesNoElevenWithinASecond() {
        List<Long> written = write(2 * MODULES);

        for (int i = 10; i < written.size(); i++) {
            assertThat(written.get(i) - written.get(i - 10)).isGreaterThanOrEqualTo(1000);
        }
        assertThat(time.passedMillis()).isEqualTo(19_000);
    }

    @Test
    void waitsOnlyForWhatIsLeftOfTheSecond() {
        write(10);
        time.millis(700);

        assertThat(write(1)).containsExactly(1000L);
    }

    @Test
    void doesNotWaitForWritesThatAreASecondOld() {
        write(10);
        time.millis(1000);

        assertThat(write(10)).containsOnly(1000L);
    }

    @Test
    void countsEachAccountAndRegionByItself() {
        write(10);

        pace.await(OTHER);

        assertThat(time.passedMillis()).isZero();
    }

    @Test
    void getsAHundredModulesThroughWithoutARefusal(@TempDir Path directory) throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.ecr
                    .faults()
                    .inject(Occasion.of("ecr:PutImage"), Behaviour.rateLimit(10, Duration.ofSeconds(1), time));

            List<StagedImage> staged = stage(fixture);
            List<Publication> publications =
                    new Publisher(time, new RecordingLog()).publish(staged, PhaseListener.UNTOLD);

            assertThat(publications).hasSize(MODULES).allMatch(p -> p.result() == Result.PUBLISHED);
            // By digest, SHA and version: none was refused and repeated.
            assertThat(fixture.count("ecr:PutImage")).isEqualTo(3 * MODULES);
            assertThat(time.passedMillis()).isEqualTo(29_000);
        }
    }

    private List<StagedImage> stage(DeliveryFixture fixture) throws Exception {
        Ecr ecr = fixture.source().open(Optional.empty(), Optional.empty(), Exchange.Listener.NONE);
        EcrStore.Shared shared = new EcrStore.Shared(Registries.create(DeliveryFixture.TWO_TRIES), pace);
        FakeImage image = FakeImage.of("base", "classes");
        List<StagedImage> staged = new ArrayList<>();
        for (int i = 0; i < MODULES; i++) {
            RepositoryName name = new RepositoryName("module-" + i);
            fixture.ecr.createRepository(name.value());
            RepositoryDescription repository = ecr.describe(name);
            EcrStore store = new EcrStore(ecr, repository, shared, Exchange.Listener.NONE);
            Coordinates target = coordinates(name);
            Access access = new Access(repository, store.read(target.tags()), store, store);
            new Stager(store, Optional.empty(), new SharedBlobs().at(repository), time)
                    .stage(ImageSet.of(image), Set.of(), Progress.Work.UNSEEN);
            staged.add(new StagedImage(target, access, TagPlan.of(image.manifest(), target, access), details(name)));
        }
        return staged;
    }

    private static Coordinates coordinates(RepositoryName name) {
        return new Coordinates(
                new Resolved<>(Optional.empty(), ""),
                Optional.empty(),
                new Resolved<>(name, ""),
                new Resolved<>(new Tag(TestModule.SHA), ""),
                new Resolved<>(new Tag("1.4.0"), ""),
                List.of(),
                CoordinateSettings.SNAPSHOTS,
                Optional.empty());
    }

    private static StagedImage.Details details(RepositoryName name) {
        return new StagedImage.Details(
                name.value(),
                Path.of(""),
                PublishPolicy.DEFAULT,
                true,
                Json.object(),
                new Timings(Timeline.begun(), Progress.Work.UNSEEN),
                new Traffic(Exchange.Listener.NONE));
    }
}
