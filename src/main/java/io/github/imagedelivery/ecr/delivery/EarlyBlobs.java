package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.oci.Digest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The blobs that are brought into one repository while the build goes on, before its push comes for them. What has failed
 * is as if nobody had tried. Safe for use by several threads; the state consists of types of the JDK, as that of {@link
 * SharedBlobs} does.
 */
final class EarlyBlobs {
    private static final String FAILED = "";

    /** What was begun, and how it came to be there. Guarded by itself. */
    private final Map<String, CompletableFuture<String>> begun;

    private final String repository;

    /**
     * Creates a view of one repository.
     *
     * @param begun the same for all repositories of a session
     * @param repository names it and its registry, and is no key of anybody else
     */
    EarlyBlobs(Map<String, CompletableFuture<String>> begun, String repository) {
        this.begun = begun;
        this.repository = repository;
    }

    private String key(Digest blob) {
        return repository + " " + blob;
    }

    private String pushed() {
        return repository + " is pushed";
    }

    /** Takes on to bring the blob; false where somebody has, or where the push has begun, which then brings it itself. */
    boolean begin(Digest blob) {
        synchronized (begun) {
            return !begun.containsKey(pushed()) && begun.putIfAbsent(key(blob), new CompletableFuture<>()) == null;
        }
    }

    /** Notes how a blob that was begun came to be in the repository. */
    void brought(Digest blob, Fate fate) {
        synchronized (begun) {
            begun.getOrDefault(key(blob), new CompletableFuture<>()).complete(fate.name());
        }
    }

    /** Ends what was begun: a blob that was not brought can be begun again. */
    void end(Digest blob) {
        synchronized (begun) {
            if (begun.getOrDefault(key(blob), new CompletableFuture<>()).complete(FAILED)) {
                begun.remove(key(blob));
            }
        }
    }

    /** Begins the push: it brings itself what is not begun by now. */
    void push() {
        synchronized (begun) {
            begun.putIfAbsent(pushed(), CompletableFuture.completedFuture(FAILED));
        }
    }

    private Optional<CompletableFuture<String>> find(Digest blob) {
        synchronized (begun) {
            return Optional.ofNullable(begun.get(key(blob)));
        }
    }

    /** Tells whether the blob is on its way, or there. */
    boolean isBegun(Digest blob) {
        return find(blob).isPresent();
    }

    /** Tells whether the blob is on its way. */
    boolean isUnderWay(Digest blob) {
        return find(blob).filter(one -> !one.isDone()).isPresent();
    }

    /** Tells whether the blob was brought. */
    boolean isThere(Digest blob) {
        return find(blob).flatMap(EarlyBlobs::fate).isPresent();
    }

    private static Optional<Fate> fate(CompletableFuture<String> one) {
        return Optional.of(one.getNow(FAILED))
                .filter(name -> !name.equals(FAILED))
                .map(Fate::valueOf);
    }

    /** Returns how those of the blobs came that were brought, and forgets it: they were brought for one push. */
    Map<Digest, Fate> take(Collection<Digest> blobs) {
        Map<Digest, Fate> taken = new HashMap<>();
        synchronized (begun) {
            for (Digest blob : blobs) {
                find(blob).flatMap(EarlyBlobs::fate).ifPresent(fate -> {
                    taken.put(blob, fate);
                    begun.remove(key(blob));
                });
            }
        }
        return taken;
    }

    /** Waits until the blob is there, or has failed; not at all where it is not on its way. */
    void await(Digest blob) throws InterruptedException {
        Optional<CompletableFuture<String>> one = find(blob);
        try {
            if (one.isPresent()) {
                one.get().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody completes a blob with an error", e);
        }
    }
}
