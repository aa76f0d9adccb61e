package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.delivery.ParallelUploads.Upload;
import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.image.BuiltImage;
import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings every blob and manifest of an image into a repository by digest, what an index names before the index itself,
 * and reads the manifests back. Holds a {@link ContentStore} alone, so whatever it does, no tag can appear.
 */
final class Stager {
    private static final int TRIES = 4;
    private static final long PAUSE_MILLIS = 1_500;
    private static final long SHORT_PAUSE_MILLIS = 500;

    /**
     * In bytes, of all blobs of which nobody knows whether they are there. So much is sent in the time of one request, at
     * 200 Mbit/s and 20 ms in half of it; and it is what a new commit brings as a rule, its config and its classes, of
     * which ECR would say that it has neither.
     */
    private static final long SENT_SOONER_THAN_ASKED = 256 * 1024;

    private final ContentStore store;
    private final Optional<Origin> base;
    private final SharedBlobs.Place place;
    private final Pause pause;

    /**
     * Creates a stager.
     *
     * @param base the repository that the base image was read from, to mount its layers from
     * @param place what others of the session bring into the registry
     */
    Stager(ContentStore store, Optional<Origin> base, SharedBlobs.Place place, Pause pause) {
        this.store = store;
        this.base = base;
        this.place = place;
        this.pause = pause;
    }

    /**
     * Stages the image, or the index and all that it names; a blob that several images share comes in once.
     *
     * @param held blobs that images in the repository refer to
     * @param work is told of each byte
     */
    Staging stage(ImageSet set, Set<Digest> held, Work work) throws AwsException, RegistryException, DeliveryException {
        Map<Digest, Upload> blobs = blobs(set);
        place.early().push();
        boolean asks = isWorthAsking(blobs, held);
        List<Upload> missing = missing(blobs, asks ? store.present(blobs.keySet()) : held);
        Map<Digest, Fate> fates;
        Optional<Boolean> isNew;
        work.expect(bytes(missing));
        try (SharedBlobs.Claim claim = place.claim(unmounted(missing))) {
            fates = new Supply(store, claim, place.early(), work).bring(missing);
            isNew = pushIfComplete(set);
            if (isNew.isEmpty()) {
                // What an image refers to, or was brought before the push, has gone meanwhile.
                fates.putAll(bring(missing(blobs, store.present(blobs.keySet())), work));
                isNew = pushIfComplete(set);
            }
            if (isNew.isEmpty()) {
                // What was reported as present has been collected meanwhile: bring everything, believing nothing.
                fates = bring(blobs.values(), work);
                isNew = Optional.of(push(set));
            }
            claim.staged(blobs.keySet());
        }
        verify(set);
        return summary(set, fates, isNew.orElseThrow(), early(fates, blobs.keySet()));
    }

    private Map<Digest, Fate> bring(Collection<Upload> uploads, Work work) throws AwsException, RegistryException {
        work.expect(bytes(uploads));
        return new ParallelUploads(store, work).run(uploads);
    }

    /** Tells whether there is more to send than a question costs, as far as nobody knows whether it is there. */
    private boolean isWorthAsking(Map<Digest, Upload> blobs, Set<Digest> held) {
        return bytes(blobs.entrySet().stream()
                        .filter(blob -> !held.contains(blob.getKey()) && !isComing(blob.getKey()))
                        .map(Map.Entry::getValue)
                        .toList())
                > SENT_SOONER_THAN_ASKED;
    }

    /** Tells whether the blob is mounted, or was brought before the push, which has asked for it. */
    private boolean isComing(Digest blob) {
        return place.isSureToMount(blob) || place.early().isBegun(blob);
    }

    /** Adds how blobs came that were brought before the push, and returns which these are. */
    private Set<Digest> early(Map<Digest, Fate> fates, Set<Digest> blobs) {
        Map<Digest, Fate> early = place.early().take(blobs);
        // What was collected meanwhile has been brought again.
        early.keySet().removeAll(fates.keySet());
        fates.putAll(early);
        return early.keySet();
    }

    /**
     * Tells what {@link #stage} would do, and changes nothing.
     *
     * @param isThere whether there is a repository yet; in one that is missing, nothing is looked for
     */
    Staging foresee(ImageSet set, boolean isThere) throws AwsException, RegistryException {
        Map<Digest, Upload> blobs = blobs(set);
        Map<Digest, Fate> fates = new LinkedHashMap<>();
        for (Upload upload : missing(blobs, isThere ? store.present(blobs.keySet()) : Set.of())) {
            Digest digest = upload.blob().descriptor().digest();
            boolean mounts = upload.origin().isPresent() || place.isKnown(digest);
            fates.put(digest, mounts ? Fate.MOUNTED : Fate.UPLOADED);
        }
        place.has(blobs.keySet());
        boolean isNew = !isThere || store.manifest(set.root().digest()).isEmpty();
        return summary(set, fates, isNew, Set.of());
    }

    private Map<Digest, Upload> blobs(ImageSet set) {
        Map<Digest, Upload> blobs = new LinkedHashMap<>();
        for (BuiltImage image : set.images()) {
            for (Layer layer : image.layers()) {
                blobs.put(
                        layer.blob().descriptor().digest(),
                        new Upload(layer.blob(), layer.fromBase() ? base : Optional.empty()));
            }
            blobs.put(image.config().descriptor().digest(), new Upload(image.config(), Optional.empty()));
        }
        return blobs;
    }

    /** Returns what is not there; a layer of the base has an origin only where it can be mounted from there. */
    private List<Upload> missing(Map<Digest, Upload> blobs, Set<Digest> present) throws AwsException {
        List<Upload> missing = new ArrayList<>();
        for (Map.Entry<Digest, Upload> blob : blobs.entrySet()) {
            if (!present.contains(blob.getKey())) {
                Upload upload = blob.getValue();
                boolean mounts = upload.origin().isPresent()
                        && store.isMountable(upload.origin().get());
                missing.add(mounts ? upload : new Upload(upload.blob(), Optional.empty()));
            }
        }
        return missing;
    }

    private static long bytes(Collection<Upload> uploads) {
        return uploads.stream()
                .mapToLong(upload -> upload.blob().descriptor().size())
                .sum();
    }

    private static List<Digest> unmounted(List<Upload> missing) {
        return missing.stream()
                .filter(upload -> upload.origin().isEmpty())
                .map(upload -> upload.blob().descriptor().digest())
                .toList();
    }

    /** Does the same as {@link #push(ImageSet)}, but where ECR misses what the manifests name: returns nothing then. */
    private Optional<Boolean> pushIfComplete(ImageSet set) throws AwsException {
        try {
            return Optional.of(push(set));
        } catch (AwsException e) {
            if (e.isMissingContent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Stores the manifests; tells whether the repository did not have the last one, which names the others. */
    private boolean push(ImageSet set) throws AwsException {
        for (Manifest child : set.children()) {
            push(child);
        }
        return push(set.root());
    }

    /** Stores the manifest, again where that comes too fast for ECR: other builds use up the same quota. */
    private boolean push(Manifest manifest) throws AwsException {
        for (int tries = 1; ; tries++) {
            try {
                return store.push(manifest);
            } catch (AwsException e) {
                if (!e.isThrottling() || tries == TRIES || !pause.passes(tries * SHORT_PAUSE_MILLIS)) {
                    throw e;
                }
            }
        }
    }

    /** Reads the manifests back, again for about five seconds: reads may lag behind writes. */
    private void verify(ImageSet set) throws AwsException, DeliveryException {
        Map<Digest, Manifest> unseen = new LinkedHashMap<>();
        set.children().forEach(child -> unseen.put(child.digest(), child));
        unseen.put(set.root().digest(), set.root());
        for (int tries = 0; tries < TRIES && (tries == 0 || pause.passes(PAUSE_MILLIS)); tries++) {
            unseen.entrySet().removeAll(store.manifests(unseen.keySet()).entrySet());
            if (unseen.isEmpty()) {
                return;
            }
        }
        throw DeliveryException.ofService(
                        "The staged image cannot be read back; nothing was tagged",
                        "ECR does not return " + unseen.keySet().iterator().next() + " as it was sent",
                        "run the build again; if it persists, look for a lifecycle policy that removes untagged images")
                .afterSending();
    }

    private static Staging summary(ImageSet set, Map<Digest, Fate> fates, boolean isNew, Set<Digest> early) {
        List<Staging.Image> images = new ArrayList<>();
        for (int i = 0; i < set.images().size(); i++) {
            images.add(summary(set.images().get(i), set.platforms().get(i), fates));
        }
        return new Staging(images, isNew, early);
    }

    private static Staging.Image summary(BuiltImage image, Platform platform, Map<Digest, Fate> fates) {
        List<Part> layers = image.layers().stream()
                .map(layer -> part(layer.name(), layer.blob(), fates))
                .toList();
        return new Staging.Image(platform, image.manifest().digest(), layers, part("config", image.config(), fates));
    }

    private static Part part(String name, Blob blob, Map<Digest, Fate> fates) {
        return new Part(
                name, blob.descriptor(), fates.getOrDefault(blob.descriptor().digest(), Fate.REUSED));
    }

    /** Returns the summary of an image that needs no staging, because a tag points at it. */
    Staging nothingToDo(ImageSet set) {
        place.has(blobs(set).keySet());
        return summary(set, Map.of(), false, Set.of());
    }
}
