package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.Sides;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest.IndexEntry;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares two images on all platforms that one of them has. An image that stands alone is taken for an index of one, so
 * that it is found in another's index.
 */
final class PlatformsComparison {
    private static final Platform UNKNOWN = new Platform("", "", "");

    private final ComparedImage before;
    private final ComparedImage now;
    private final Sides sides;
    private final LayersComparison layers = new LayersComparison();

    PlatformsComparison(ComparedImage before, ComparedImage now) {
        this.before = before;
        this.now = now;
        this.sides = new Sides(before.where(), now.where());
    }

    /** Finds what differs, in the order of the second image's index, then of the first one's. */
    List<PlatformDifference> run() {
        List<IndexEntry> old = new ArrayList<>(entries(before));
        List<PlatformDifference> found = new ArrayList<>();
        for (IndexEntry entry : entries(now)) {
            Optional<IndexEntry> match = match(old, entry);
            match.ifPresent(old::remove);
            found.add(of(match, entry));
        }
        for (IndexEntry entry : old) {
            found.add(PlatformDifference.unread(
                    entry.platform(), Optional.of(entry.manifest().digest()), Optional.empty(), sides));
        }
        return found;
    }

    private List<IndexEntry> entries(ComparedImage image) {
        return image.manifest().isIndex()
                ? image.manifest().entries()
                : List.of(new IndexEntry(image.manifest().descriptor(), platform(image)));
    }

    private Platform platform(ComparedImage image) {
        if (areAlone()) {
            return UNKNOWN;
        }
        try {
            return Platform.read(image.config());
        } catch (IOException | FormatException e) {
            return UNKNOWN; // it is found in no index, and is said to be in one image only
        }
    }

    private boolean areAlone() {
        return !before.manifest().isIndex() && !now.manifest().isIndex();
    }

    /** Two images that stand alone are compared whatever they run on; several entries may have no platform at all. */
    private Optional<IndexEntry> match(List<IndexEntry> candidates, IndexEntry wanted) {
        if (areAlone()) {
            return candidates.stream().findFirst();
        }
        return IndexComparison.find(candidates, wanted);
    }

    private static Digest digest(IndexEntry entry) {
        return entry.manifest().digest();
    }

    private PlatformDifference of(Optional<IndexEntry> old, IndexEntry built) {
        Optional<Digest> oldDigest = old.map(PlatformsComparison::digest);
        Optional<Digest> builtDigest = Optional.of(digest(built));
        if (old.isEmpty() || oldDigest.equals(builtDigest)) {
            return PlatformDifference.unread(built.platform(), oldDigest, builtDigest, sides);
        }
        return new PlatformDifference(
                built.platform(), oldDigest, builtDigest, look(old.get().manifest(), built.manifest()));
    }

    private Difference look(Descriptor old, Descriptor built) {
        try {
            return new ImageComparison(image(before, old), image(now, built), layers).runOnAll();
        } catch (IOException e) {
            return Difference.unread(sides, "they cannot be read: " + DeliveryException.words(e));
        }
    }

    private static ComparedImage image(ComparedImage whole, Descriptor part) throws IOException {
        return whole.manifest().isIndex() ? whole.child(part) : whole;
    }
}
