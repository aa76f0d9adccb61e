package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.Sides;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Manifest.IndexEntry;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares two indexes, platform by platform. The application is the same on all of them, so the first platform that
 * differs is looked into, and the others are named.
 */
final class IndexComparison {
    private final ComparedImage before;
    private final ComparedImage now;
    private final List<String> notes = new ArrayList<>();

    private IndexComparison(ComparedImage before, ComparedImage now) {
        this.before = before;
        this.now = now;
    }

    /** Finds what differs. */
    static Difference between(ComparedImage before, ComparedImage now) {
        return new IndexComparison(before, now).run();
    }

    private Difference run() {
        Set<IndexEntry> matched = new HashSet<>();
        Optional<Difference> first = Optional.empty();
        for (IndexEntry entry : now.manifest().entries()) {
            Optional<IndexEntry> old = find(before.manifest().entries(), entry);
            old.ifPresent(matched::add);
            if (old.isEmpty()) {
                notes.add(shown(entry) + " is only " + now.where());
            } else if (!isSame(old.get(), entry)) {
                notes.add(shown(entry) + (first.isEmpty() ? " differs:" : " differs as well"));
                first = first.or(() -> Optional.of(look(old.get().manifest(), entry.manifest())));
            }
        }
        before.manifest().entries().stream()
                .filter(entry -> !matched.contains(entry))
                .forEach(entry -> notes.add(shown(entry) + " is only " + before.where()));
        Sides sides = new Sides(before.where(), now.where());
        List<FieldChange> fields = ManifestComparison.between(before.manifest(), now.manifest());
        return first.orElseGet(() -> Difference.unread(sides)).of(notes, fields);
    }

    private static String shown(IndexEntry entry) {
        return Texts.shown(entry.platform().toString());
    }

    /** Returns the entry for the platform: of several, such as attestations, the same one where it is there. */
    static Optional<IndexEntry> find(List<IndexEntry> candidates, IndexEntry wanted) {
        List<IndexEntry> fitting = wanted.platform().best(candidates, IndexEntry::platform);
        return fitting.stream()
                .filter(entry -> isSame(entry, wanted))
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    private static boolean isSame(IndexEntry entry, IndexEntry other) {
        return entry.manifest().digest().equals(other.manifest().digest());
    }

    private Difference look(Descriptor old, Descriptor built) {
        try {
            return new ImageComparison(before.child(old), now.child(built)).run();
        } catch (IOException e) {
            return Difference.unknown("they cannot be read: " + DeliveryException.words(e));
        }
    }
}
