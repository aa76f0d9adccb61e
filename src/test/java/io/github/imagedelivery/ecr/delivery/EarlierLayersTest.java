package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.it.Golden;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine without caches, a large layer that the image of an earlier commit has is not written again. */
class EarlierLayersTest {
    private static final String PARENT = TestModule.SHA;
    private static final String COMMIT = TestModule.OTHER_SHA;
    private static final String ELSEWHERE = "fedcba9876543210fedcba9876543210fedcba98";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void begin() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void end() throws IOException {
        fixture.close();
    }

    /** A module with a library that is worth taking. */
    private TestModule orders() {
        byte[] library = new byte[2_000_000];
        new Random(3).nextBytes(library);
        return fixture.orders().file("lib/web-1.0.jar", library).version("1.4.1-SNAPSHOT");
    }

    private TestModule changed() {
        return orders().sha(COMMIT).code("changed");
    }

    /** Publishes the image of the parent, then checks out the commit on another machine. */
    private Manifest publishedParent() throws Exception {
        Manifest parent = fixture.published(orders());
        fixture.checkOutAnew(COMMIT, PARENT);
        fixture.ecr.clearRequests();
        return parent;
    }

    /** Returns how many layers this machine has written. */
    private long written() throws IOException {
        try (Stream<Path> notes = Files.list(fixture.layerCache().resolve("notes"))) {
            return notes.count();
        }
    }

    private static Descriptor library(Manifest image) {
        return image.layers().stream()
                .filter(layer -> layer.size() > 1_000_000)
                .findFirst()
                .orElseThrow();
    }

    private List<Json> diffIds(String repository, Manifest image) throws Exception {
        Digest config = image.config().orElseThrow().digest();
        return Json.parse(fixture.ecr.blob(repository, config))
                .get("rootfs")
                .get("diff_ids")
                .items();
    }

    @Test
    void leavesTheLibraryWhereItIs() throws Exception {
        Manifest parent = publishedParent();

        Manifest image = fixture.published(changed());

        assertThat(library(image)).isEqualTo(library(parent));
        assertThat(written()).isEqualTo(3);
        assertThat(fixture.log.staging().count(Fate.UPLOADED)).isEqualTo(2);
        Golden.assertThatLines(fixture.requests()).match("one-class-changed");
    }

    @Test
    void publishesTheDigestThatAllLayersWrittenAnewHave() throws Exception {
        publishedParent();
        Manifest taken = fixture.published(changed());
        fixture.checkOutAnew(COMMIT, PARENT);

        StagedImage anew = fixture.stage(changed().writingAllLayers());

        assertThat(anew.digest()).isEqualTo(taken.digest());
        assertThat(written()).isEqualTo(4);
    }

    @Test
    void asksForNoEarlierImageWhereAllLayersAreToBeWritten() throws Exception {
        publishedParent();
        fixture.stage(changed());
        long withParent = bytesOfTheFirstLook();
        fixture.checkOutAnew(COMMIT, PARENT);
        fixture.ecr.clearRequests();

        fixture.stage(changed().writingAllLayers());

        assertThat(withParent - bytesOfTheFirstLook()).isGreaterThan(PARENT.length());
    }

    private long bytesOfTheFirstLook() {
        return fixture.ecr.requests().stream()
                .filter(request -> request.kind().equals("ecr:BatchGetImage"))
                .findFirst()
                .orElseThrow()
                .received();
    }

    @Test
    void takesTheNearestCommitThatHasAnImage() throws Exception {
        fixture.published(orders());
        fixture.checkOutAnew(COMMIT, ELSEWHERE, PARENT);

        fixture.deliver(changed());

        assertThat(written()).isEqualTo(3);
    }

    @Test
    void writesTheLibraryThatHasChanged() throws Exception {
        publishedParent();

        fixture.deliver(changed().file("lib/web-1.0.jar", new byte[9_000_000]));

        assertThat(written()).isEqualTo(4);
    }

    @Test
    void writesTheLibraryThatIsCompressedOtherwise() throws Exception {
        publishedParent();

        fixture.deliver(changed().compression(Compression.zstd(3)));

        assertThat(written()).isEqualTo(4);
    }

    /** A version may be moved by whoever can push, a commit's tag may not where the repository says so. */
    @Test
    void takesNothingFromTheVersionThatIsMoved() throws Exception {
        fixture.published(orders());
        fixture.checkOutAnew(COMMIT, ELSEWHERE);

        fixture.deliver(changed());

        assertThat(written()).isEqualTo(4);
    }

    /** Else an image planted under the tag would vouch for itself, where it is to be refused. */
    @Test
    void takesNothingFromTheImageOfItsOwnCommit() throws Exception {
        fixture.published(orders());
        fixture.checkOutAnew(PARENT, ELSEWHERE);

        fixture.deliver(orders());

        assertThat(written()).isEqualTo(4);
    }

    @Test
    void passesAnEarlierImageOfAnotherToolOver() throws Exception {
        Manifest foreign = fixture.ecr.manifest("base/jre", fixture.base).orElseThrow();
        fixture.ecr.seed(DeliveryFixture.REPOSITORY, PARENT, foreign, blobs("base/jre", foreign));
        fixture.checkOutAnew(COMMIT, PARENT);

        assertThat(fixture.deliver(changed()).result()).isEqualTo(Result.PUBLISHED);
        assertThat(written()).isEqualTo(4);
    }

    /** Else whoever can push could stop all commits to come by one image. */
    @Test
    void publishesThoughAnEarlierImageCannotBeRead() throws Exception {
        publishedParent();
        fixture.ecr.faults().inject(Occasion.of("ecr:BatchGetImage").first(1), Behaviour.nameAnotherDigest());

        assertThat(fixture.deliver(changed()).result()).isEqualTo(Result.PUBLISHED);
        assertThat(written()).isEqualTo(4);
    }

    @Test
    void failsWhereNotEvenItsOwnTagsCanBeRead() throws Exception {
        publishedParent();
        fixture.ecr.faults().inject(Occasion.of("ecr:BatchGetImage"), Behaviour.nameAnotherDigest());
        TestModule moved = changed().version("1.4.0-SNAPSHOT");

        assertThatThrownBy(() -> fixture.stage(moved)).isInstanceOf(DeliveryException.class);
    }

    private List<Blob> blobs(String repository, Manifest image) throws Exception {
        List<Descriptor> all = new ArrayList<>(image.layers());
        all.add(image.config().orElseThrow());
        List<Blob> blobs = new ArrayList<>();
        for (Descriptor blob : all) {
            if (fixture.ecr.hasBlob(repository, blob.digest())) {
                blobs.add(Blob.of(blob.mediaType(), fixture.ecr.blob(repository, blob.digest())));
            }
        }
        return blobs;
    }

    /** Lets the repository miss a layer, and deny that it has the blob. */
    private void lose(String repository, Digest blob) {
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").first(1),
                        Behaviour.answer(400, "LayersNotFoundException", "The layers do not exist"));
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:BatchCheckLayerAvailability"),
                        Behaviour.answer(400, "UnknownOperationException", ""));
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("HEAD /v2/" + repository + "/blobs/" + blob),
                        Behaviour.answer(404, "BLOB_UNKNOWN", "blob unknown to registry"));
    }

    @Test
    void sendsTheLibraryThatHasGoneFromTheRepository() throws Exception {
        Manifest parent = publishedParent();
        lose(DeliveryFixture.REPOSITORY, library(parent).digest());

        Publication publication = fixture.deliver(changed());

        assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.uploadedBytes()).isGreaterThan(2_000_000);
        assertThat(written()).isEqualTo(4);
    }

    @Test
    void sendsTheLibraryThatGoesWithItsImageWhileTheNextIsStaged() throws Exception {
        Manifest parent = publishedParent();
        Hold hold = Hold.before();
        fixture.ecr.faults().inject(Occasion.of("ecr:PutImage").nth(1), hold);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Callable<Publication> deliver = () -> fixture.deliver(changed());
            Future<Publication> publication = thread.submit(deliver);
            hold.awaitArrival();
            remove(parent);
            hold.release();

            assertThat(publication.get().result()).isEqualTo(Result.PUBLISHED);
        } finally {
            thread.shutdownNow();
        }
        assertThat(fixture.tags().keySet()).containsExactlyInAnyOrder(COMMIT, "1.4.1-SNAPSHOT");
        assertThat(fixture.uploadedBytes()).isGreaterThan(2_000_000);
        assertThat(written()).isEqualTo(4);
    }

    /** Removes the image as a lifecycle policy does, and all blobs that none refers to then. */
    private void remove(Manifest image) throws Exception {
        Ecr ecr = fixture.source().open(Optional.empty(), Optional.empty(), Exchange.Listener.NONE);
        RepositoryName repository = new RepositoryName(DeliveryFixture.REPOSITORY);
        for (String tag : List.of(PARENT, "1.4.1-SNAPSHOT")) {
            assertThat(ecr.deleteTag(repository, new Tag(tag), image.digest())).isTrue();
        }
        fixture.ecr.faults().dropUnreferencedBlobs();
        assertThat(fixture.ecr.hasBlob(
                        DeliveryFixture.REPOSITORY, library(image).digest()))
                .isFalse();
    }

    /** Seeds an image of the parent's commit whose library is said to be another blob, and returns that. */
    private Descriptor forge(Manifest parent) throws Exception {
        Blob other = Blob.of(MediaTypes.OCI_LAYER_GZIP, new byte[2_000_000]);
        List<Json> layers = new ArrayList<>();
        for (Json layer : parent.json().get("layers").items()) {
            boolean isLibrary = Descriptor.read(layer).equals(library(parent));
            layers.add(isLibrary ? other.descriptor().toJson().with("annotations", layer.get("annotations")) : layer);
        }
        Manifest forged =
                Manifest.parse(parent.json().with("layers", Json.array(layers)).bytes(), MediaTypes.OCI_MANIFEST);
        List<Blob> blobs = blobs(DeliveryFixture.REPOSITORY, parent);
        blobs.add(other);
        fixture.ecr.createRepository("forged");
        fixture.ecr.seed("forged", PARENT, forged, blobs);
        return other.descriptor();
    }

    private Manifest image(Publication publication) {
        return fixture.ecr.manifest("forged", publication.image().digest()).orElseThrow();
    }

    @Test
    void writesAllAnewWhereALayerIsNotWhatTheEarlierImageSays() throws Exception {
        Manifest parent = publishedParent();
        Descriptor other = forge(parent);
        lose("forged", other.digest());

        Publication publication = fixture.deliver(changed().repository("forged"));

        assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
        assertThat(library(image(publication))).isEqualTo(library(parent));
        assertThat(written()).isEqualTo(4);
    }

    /** So containerd and Docker refuse to unpack what somebody has put in place of the library. */
    @Test
    void namesTheTarThatItHasReadWhateverTheEarlierImageSays() throws Exception {
        Manifest parent = publishedParent();
        Descriptor other = forge(parent);

        Manifest image = image(fixture.deliver(changed().repository("forged")));

        int library = image.layers().indexOf(other);
        assertThat(library).isEqualTo(parent.layers().indexOf(library(parent)));
        assertThat(diffIds("forged", image).get(library))
                .isEqualTo(diffIds(DeliveryFixture.REPOSITORY, parent).get(library));
    }
}
