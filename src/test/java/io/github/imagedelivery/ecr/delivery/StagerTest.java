package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.Repository.Arrival;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an image gets into a repository by digest, and what is done about content that is not there after all. */
class StagerTest {
    private static final Origin BASE = new Origin(URI.create("http://127.0.0.1:1"), new RepositoryName("base/jre"));

    private final SharedBlobs shared = new SharedBlobs();
    private final SharedBlobs.Place orders = shared.at(repository("orders"));

    /** More than is sent without a question. */
    private static final String LIBRARIES = "libraries ".repeat(30_000);

    private final List<Long> pauses = new ArrayList<>();
    private final Store store = new Store();

    private static RepositoryDescription repository(String name) {
        return new RepositoryDescription(new RepositoryName(name), "registry/" + name, "MUTABLE", List.of());
    }

    /** Content alone, as staging is handed it: there is no way to a tag from here. */
    private static final class Store implements ContentStore {
        final Set<Digest> blobs = ConcurrentHashMap.newKeySet();
        final Map<Digest, Manifest> manifests = Collections.synchronizedMap(new LinkedHashMap<>());
        final List<Digest> puts = new ArrayList<>();
        final List<String> pushed = new ArrayList<>();
        /** Codes of the next refusals; an empty one refuses nothing. */
        final List<String> refusals = new ArrayList<>();

        int hiddenReads;
        int questions;
        int reads;

        @Override
        public InputStream open(Descriptor blob) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<Digest> present(Collection<Digest> asked) {
            questions++;
            Set<Digest> present = new HashSet<>(asked);
            present.retainAll(blobs);
            return present;
        }

        @Override
        public boolean isMountable(Origin origin) {
            return true;
        }

        @Override
        public Origin neighbour(RepositoryName repository) {
            return new Origin(BASE.endpoint(), repository);
        }

        @Override
        public synchronized Arrival push(Blob blob, Optional<Origin> origin) {
            pushed.add(blob.descriptor().digest()
                    + origin.map(o -> " from " + o.repository()).orElse(""));
            blobs.add(blob.descriptor().digest());
            return origin.isPresent() ? Arrival.MOUNTED : Arrival.UPLOADED;
        }

        @Override
        public boolean push(Manifest manifest) throws AwsException {
            puts.add(manifest.digest());
            String refusal = refusals.isEmpty() ? "" : refusals.remove(0);
            if (!refusal.isEmpty()) {
                throw new AwsException("refused", refusal, 400, null);
            }
            return manifests.put(manifest.digest(), manifest) == null;
        }

        @Override
        public Map<Digest, Manifest> manifests(Collection<Digest> digests) {
            reads++;
            Map<Digest, Manifest> read = hiddenReads-- > 0 ? new HashMap<>() : new HashMap<>(manifests);
            read.keySet().retainAll(digests);
            return read;
        }
    }

    private Staging stage(FakeImage image) throws Exception {
        return stage(ImageSet.of(image));
    }

    private Staging stage(ImageSet images) throws Exception {
        return stage(images, Set.of());
    }

    private Staging stage(ImageSet images, Set<Digest> held) throws Exception {
        return new Stager(store, Optional.of(BASE), orders, pauses::add).stage(images, held, Progress.Work.UNSEEN);
    }

    private static Digest layer(FakeImage image, int number) {
        return image.layers().get(number).blob().descriptor().digest();
    }

    @Test
    @Timeout(60)
    void waitsForNoOtherModuleWhereABlobWasBroughtBefore() throws Exception {
        Blob large = Blob.of(MediaTypes.OCI_LAYER_GZIP, new byte[1 << 20]);
        Digest digest = large.descriptor().digest();
        SharedBlobs.Place billing = shared.at(repository("billing"));
        billing.early().begin(digest);
        billing.early().brought(digest, Fate.UPLOADED);

        try (SharedBlobs.Claim unfinished = orders.claim(List.of(digest));
                SharedBlobs.Claim claim = billing.claim(List.of(digest))) {
            assertThat(unfinished.isUnderWay(digest)).isFalse();
            assertThat(claim.isUnderWay(digest)).isTrue();
            new Supply(store, claim, billing.early(), Progress.Work.UNSEEN)
                    .bring(List.of(new ParallelUploads.Upload(large, Optional.empty())));
        }

        assertThat(store.pushed).isEmpty();
    }

    @Test
    void bringsWhatAnIndexNamesBeforeTheIndexAndASharedBlobOnce() throws Exception {
        FakeImage amd64 = FakeImage.of("base for amd64", "classes");
        FakeImage arm64 = FakeImage.of("base for arm64", "classes");
        ImageSet images = FakeImage.index(amd64, arm64);

        Staging staging = stage(images);

        assertThat(store.manifests.keySet())
                .containsExactly(
                        amd64.manifest().digest(),
                        arm64.manifest().digest(),
                        images.root().digest());
        assertThat(store.reads).isEqualTo(1);
        assertThat(store.pushed).hasSize(4).doesNotHaveDuplicates();
        assertThat(staging.count(Fate.UPLOADED)).isEqualTo(2);
        assertThat(staging.count(Fate.MOUNTED)).isEqualTo(2);
        assertThat(staging.isNew()).isTrue();
    }

    @Test
    void bringsEveryManifestAgainWhereOneThatTheIndexNamesIsGone() throws Exception {
        ImageSet images = FakeImage.index(FakeImage.of("base", "classes"), FakeImage.of("base", "other classes"));
        store.refusals.addAll(List.of("", "", "ReferencedImagesNotFoundException"));

        stage(images);

        assertThat(store.puts).hasSize(6);
        assertThat(store.manifests).containsKey(images.root().digest());
    }

    @Test
    void bringsEveryBlobAndTellsHowEachArrived() throws Exception {
        FakeImage image = FakeImage.of("base", "dependencies", "classes");
        store.blobs.add(layer(image, 1));

        Staging staging = stage(ImageSet.of(image), Set.of(layer(image, 1)));

        assertThat(staging.first().layers())
                .extracting(Part::name, Part::fate)
                .containsExactly(
                        tuple("base", Fate.MOUNTED),
                        tuple("dependencies", Fate.REUSED),
                        tuple("classes", Fate.UPLOADED));
        assertThat(staging.first().config().fate()).isEqualTo(Fate.UPLOADED);
        assertThat(staging.count(Fate.UPLOADED)).isEqualTo(2);
        assertThat(staging.bytes(Fate.UPLOADED)).isEqualTo("classes".length() + "{}".length());
        assertThat(store.manifests).containsKey(image.manifest().digest());
    }

    @Test
    void asksForAMountOfBaseLayersAlone() throws Exception {
        FakeImage image = FakeImage.of("base", "classes");

        stage(image);

        assertThat(store.pushed)
                .containsExactlyInAnyOrder(
                        image.layers().get(0).blob().descriptor().digest() + " from base/jre",
                        image.layers().get(1).blob().descriptor().digest().toString(),
                        image.config().descriptor().digest().toString());
    }

    @Test
    void bringsABlobThatIsTwoLayersOnce() throws Exception {
        stage(FakeImage.of("base", "same", "same"));

        assertThat(store.pushed).hasSize(3);
    }

    @Test
    void tellsWhetherTheImageIsNew() throws Exception {
        assertThat(stage(FakeImage.of("base")).isNew()).isTrue();
        assertThat(stage(FakeImage.of("base")).isNew()).isFalse();
    }

    @Test
    void sendsASmallBlobSoonerThanItAsks() throws Exception {
        FakeImage image = FakeImage.of("base", "classes");
        store.blobs.add(layer(image, 1));

        Staging staging = stage(image);

        assertThat(store.questions).isZero();
        assertThat(staging.count(Fate.UPLOADED)).isEqualTo(2);
    }

    @Test
    void asksBeforeItSendsMuch() throws Exception {
        FakeImage image = FakeImage.of("base", LIBRARIES);
        store.blobs.add(layer(image, 1));

        Staging staging = stage(image);

        assertThat(store.questions).isEqualTo(1);
        assertThat(staging.first().layers()).last().extracting(Part::fate).isEqualTo(Fate.REUSED);
    }

    @Test
    void asksForNothingThatAnImageInTheRepositoryRefersTo() throws Exception {
        FakeImage image = FakeImage.of("base", LIBRARIES, "classes");
        store.blobs.add(layer(image, 1));

        Staging staging = stage(ImageSet.of(image), Set.of(layer(image, 1)));

        assertThat(store.questions).isZero();
        assertThat(store.pushed).hasSize(3).doesNotContain(layer(image, 1).toString());
        assertThat(staging.count(Fate.REUSED)).isEqualTo(1);
    }

    @Test
    void asksAndBringsWhatIsMissingWhereItHasGoneWithItsImage() throws Exception {
        FakeImage image = FakeImage.of("base", LIBRARIES, "classes");
        store.refusals.add("LayersNotFoundException");

        Staging staging = stage(ImageSet.of(image), Set.of(layer(image, 0), layer(image, 1)));

        assertThat(store.questions).isEqualTo(1);
        assertThat(store.pushed)
                .containsExactlyInAnyOrder(
                        layer(image, 2).toString(),
                        image.config().descriptor().digest().toString(),
                        layer(image, 0) + " from base/jre",
                        layer(image, 1).toString());
        assertThat(store.manifests).containsKey(image.manifest().digest());
        assertThat(staging.count(Fate.REUSED)).isZero();
    }

    @Test
    void bringsEverythingAgainWhereEcrMissesALayerThatItSaysItHas() throws Exception {
        FakeImage image = FakeImage.of("base", LIBRARIES);
        image.layers()
                .forEach(layer -> store.blobs.add(layer.blob().descriptor().digest()));
        store.refusals.addAll(Collections.nCopies(2, "LayersNotFoundException"));

        Staging staging = stage(image);

        assertThat(store.questions).isEqualTo(2);
        assertThat(store.pushed).hasSize(4);
        assertThat(staging.count(Fate.REUSED)).isZero();
    }

    @Test
    void bringsEverythingAgainOnlyOnce() {
        store.refusals.addAll(Collections.nCopies(3, "LayersNotFoundException"));

        assertThatThrownBy(() -> stage(FakeImage.of("base")))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("LayersNotFoundException"));
    }

    @Test
    void storesTheManifestAgainWhereOthersUseUpTheQuota() throws Exception {
        store.refusals.addAll(List.of("ThrottlingException", "ThrottleException"));

        Staging staging = stage(FakeImage.of("base"));

        assertThat(staging.isNew()).isTrue();
        assertThat(store.pushed).hasSize(2);
        assertThat(pauses).containsExactly(500L, 1000L);
    }

    @Test
    void givesUpWhereTheQuotaStaysUsedUp() {
        store.refusals.addAll(Collections.nCopies(4, "ThrottlingException"));

        assertThatThrownBy(() -> stage(FakeImage.of("base"))).hasMessage("refused");

        assertThat(pauses).containsExactly(500L, 1000L, 1500L);
    }

    @Test
    void repeatsNothingAfterAnotherRefusal() {
        store.refusals.add("LimitExceededException");

        assertThatThrownBy(() -> stage(FakeImage.of("base"))).isInstanceOf(AwsException.class);

        assertThat(store.pushed).hasSize(2);
    }

    @Test
    void waitsForAManifestThatIsNotSeenYet() throws Exception {
        store.hiddenReads = 3;

        stage(FakeImage.of("base"));

        assertThat(pauses).containsExactly(1500L, 1500L, 1500L);
    }

    @Test
    void refusesAManifestThatIsNeverSeen() throws Exception {
        store.hiddenReads = 100;
        FakeImage image = FakeImage.of("base");

        assertThatThrownBy(() -> stage(image))
                .hasMessage("""
                The staged image cannot be read back; nothing was tagged
                  cause: ECR does not return %s as it was sent
                  to fix: run the build again; if it persists, look for a lifecycle policy that removes untagged \
                images""".formatted(image.manifest().digest()));
    }

    @Test
    void survivesACleanUpBetweenBlobsAndManifest(@TempDir Path directory) throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            Hold hold = Hold.before();
            fixture.ecr.faults().inject(Occasion.of("ecr:PutImage").nth(1), hold);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Callable<Publication> deliver = () -> fixture.deliver(fixture.orders());
                Future<Publication> publication = thread.submit(deliver);
                hold.awaitArrival();
                fixture.ecr.faults().dropUnreferencedBlobs();
                hold.release();

                assertThat(publication.get().result()).isEqualTo(Result.PUBLISHED);
            } finally {
                thread.shutdownNow();
            }
            assertThat(fixture.requests())
                    .filteredOn(request -> request.equals("POST /v2/orders/blobs/uploads/"))
                    .hasSize(14);
        }
    }
}
