package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One repository: its images and tags, and ECR's rules for them. A change is kept by the storage before it is seen.
 * Safe for use by several threads.
 */
final class RepositoryState {
    private final String name;
    private final Snapshot.Rules rules;
    private final Instant createdAt;
    private final Settings settings;
    private final Storage storage;
    private final Lag lag;
    private Map<Digest, Image> images = Map.of();
    private Map<String, Digest> tags = Map.of();
    private TagHistory history = TagHistory.NONE;

    private RepositoryState(Snapshot start, Settings settings, Storage storage, Lag lag) {
        this.name = start.repository();
        this.rules = start.rules();
        this.createdAt = start.createdAt();
        this.settings = settings;
        this.storage = storage;
        this.lag = lag;
    }

    static RepositoryState create(Snapshot empty, Settings settings, Storage storage, Lag lag) throws IOException {
        storage.save(empty);
        return new RepositoryState(empty, settings, storage, lag);
    }

    /** Reads the manifests of a snapshot back in. */
    static RepositoryState restore(Snapshot saved, Settings settings, Storage storage, Lag lag) throws IOException {
        RepositoryState state = new RepositoryState(saved, settings, storage, lag);
        Map<Digest, Image> images = new LinkedHashMap<>();
        for (Snapshot.Kept kept : saved.images()) {
            Descriptor manifest = kept.manifest();
            try (InputStream in = storage.open(saved.repository(), manifest.digest())) {
                byte[] bytes = in.readNBytes(Manifest.MAX_BYTES + 1);
                images.put(manifest.digest(), Image.of(Manifest.parse(bytes, manifest.mediaType()), kept.pushedAt()));
            } catch (FormatException e) {
                throw new IOException("manifest " + manifest.digest() + " in " + saved.repository() + ": " + e, e);
            }
        }
        state.images = images;
        state.tags = new TreeMap<>(saved.tags());
        state.history = saved.history();
        return state;
    }

    String name() {
        return name;
    }

    Snapshot.Rules rules() {
        return rules;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** Returns the images in the order in which they were pushed. */
    synchronized List<Image> images() {
        return List.copyOf(images.values());
    }

    /** Returns what the tags have pointed at. */
    synchronized TagHistory history() {
        return history;
    }

    /** Returns what each tag points at, by name of tag. */
    synchronized Map<String, Digest> tags() {
        return Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** Returns the tags of an image, by name. */
    synchronized List<String> tagsOf(Digest image) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getValue().equals(image))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Stores an image, under a tag if one is given ({@code PutImage}). */
    synchronized Image put(Manifest manifest, Optional<String> tag) throws Refusal, IOException {
        Image image = acceptable(manifest);
        requireContent(image);
        Digest digest = manifest.digest();
        boolean known = images.containsKey(digest);
        Optional<Digest> taken = tag.map(tags::get);
        if (taken.isPresent() && rules.areImmutableFor(tag.get())) {
            throw immutable(tag.get());
        }
        if (known && (tag.isEmpty() || taken.equals(Optional.of(digest)))) {
            throw Refusal.imageAlreadyExists(digest, tag.orElse("null"), place());
        }
        Map<Digest, Image> nextImages = new LinkedHashMap<>(images);
        nextImages.putIfAbsent(digest, image);
        Map<String, Digest> nextTags = new TreeMap<>(tags);
        tag.ifPresent(t -> nextTags.put(t, digest));
        if (!known) {
            keep(manifest);
            lag.written(name, digest.toString());
        }
        become(nextImages, nextTags);
        tag.ifPresent(t -> lag.written(name, t));
        return image;
    }

    /** Stores an image as {@link #put} does; that it is there already is an error on the control plane alone. */
    void ensure(Manifest manifest, Optional<String> tag) throws Refusal, IOException {
        try {
            put(manifest, tag);
        } catch (Refusal e) {
            if (!e.code().equals("ImageAlreadyExistsException")) {
                throw e;
            }
        }
    }

    private Image acceptable(Manifest manifest) throws Refusal {
        try {
            ManifestRules.check(manifest);
            return Image.of(manifest, settings.clock().instant());
        } catch (FormatException e) {
            throw Refusal.invalidManifest();
        }
    }

    private void requireContent(Image image) throws Refusal {
        List<Digest> layers = image.content().stream()
                .map(Descriptor::digest)
                .filter(digest -> !hasBlob(digest))
                .distinct()
                .toList();
        if (!layers.isEmpty()) {
            throw Refusal.missingContent(false, layers, place());
        }
        List<Digest> children = image.manifest().entries().stream()
                .map(entry -> entry.manifest().digest())
                .filter(digest -> !images.containsKey(digest))
                .distinct()
                .toList();
        if (!children.isEmpty()) {
            throw Refusal.missingContent(true, children, place());
        }
    }

    private Refusal immutable(String tag) {
        String reason = settings.earlyImmutabilityText() ? "repository" : "tag";
        return new Refusal(
                400,
                "ImageTagAlreadyExistsException",
                "The image tag '" + tag + "' already exists in the '" + name
                        + "' repository and cannot be overwritten because the " + reason + " is immutable.");
    }

    private void keep(Manifest manifest) throws IOException {
        Pending content = storage.begin();
        content.append(new ByteArrayInputStream(manifest.bytes()));
        storage.keep(content, name, manifest.digest());
    }

    private void become(Map<Digest, Image> nextImages, Map<String, Digest> nextTags) throws IOException {
        List<Snapshot.Kept> kept = nextImages.values().stream()
                .map(image -> new Snapshot.Kept(image.manifest().descriptor(), image.pushedAt()))
                .toList();
        TagHistory nextHistory = history.with(tags, nextTags, settings.clock().instant());
        storage.save(new Snapshot(name, rules, createdAt, kept, nextTags, nextHistory));
        images = nextImages;
        tags = nextTags;
        history = nextHistory;
    }

    /** Finds the image of that tag, digest or both, unless it was written too short a while ago. */
    synchronized Image find(ImageId id) throws ImageFailure {
        Image image = locate(id);
        if (lag.hides(name, id.tag().or(id::digest).orElseThrow())) {
            throw ImageFailure.notFound(id);
        }
        return image;
    }

    private Image locate(ImageId id) throws ImageFailure {
        id.check();
        Optional<Digest> named = id.parsedDigest();
        Optional<Digest> tagged = id.tag().map(tags::get);
        Digest digest = (id.tag().isPresent() ? tagged : named).orElseThrow(() -> ImageFailure.notFound(id));
        Image image = images.get(named.orElse(digest));
        if (image == null) {
            throw ImageFailure.notFound(id);
        }
        if (!image.digest().equals(digest)) {
            throw ImageFailure.mismatch(id);
        }
        return image;
    }

    /** Deletes what the id names ({@code BatchDeleteImage}); returns what is gone. */
    synchronized List<ImageId> delete(ImageId id) throws ImageFailure, IOException {
        Image image = locate(id);
        List<String> all = tagsOf(image.digest());
        boolean untie = id.tag().isPresent()
                && all.size() > 1
                && (id.digest().isEmpty() || settings.pairDeletion() == PairDeletion.UNTIES_TAG);
        Map<String, Digest> nextTags = new TreeMap<>(tags);
        if (untie) {
            nextTags.remove(id.tag().orElseThrow());
            become(images, nextTags);
            return List.of(ImageId.of(id.tag(), image.digest()));
        }
        if (images.values().stream().anyMatch(other -> other.hasChild(image.digest()))) {
            throw ImageFailure.referenced(id);
        }
        Map<Digest, Image> nextImages = new LinkedHashMap<>(images);
        nextImages.remove(image.digest());
        nextTags.keySet().removeAll(all);
        become(nextImages, nextTags);
        storage.drop(name, image.digest());
        return gone(image.digest(), all);
    }

    private static List<ImageId> gone(Digest digest, List<String> tags) {
        return tags.isEmpty()
                ? List.of(ImageId.of(Optional.empty(), digest))
                : tags.stream().map(tag -> ImageId.of(Optional.of(tag), digest)).toList();
    }

    /** Tells whether the repository has the blob; a manifest is none. */
    synchronized boolean hasBlob(Digest digest) {
        return !images.containsKey(digest) && storage.has(name, digest);
    }

    /** Tells whether an image here is made of the blob. */
    synchronized boolean isReferenced(Digest blob) {
        return images.values().stream().anyMatch(image -> image.hasBlob(blob));
    }

    /** Drops the blobs that no image is made of. */
    synchronized void dropUnreferenced() throws IOException {
        List<Digest> dropped = new ArrayList<>(storage.contents(name));
        dropped.removeIf(digest -> images.containsKey(digest) || isReferenced(digest));
        for (Digest digest : dropped) {
            storage.drop(name, digest);
        }
    }

    long blobSize(Digest blob) throws IOException {
        return storage.size(name, blob);
    }

    InputStream openBlob(Digest blob) throws IOException {
        return storage.open(name, blob);
    }

    Refusal.Place place() {
        return new Refusal.Place(name, settings.account());
    }
}
