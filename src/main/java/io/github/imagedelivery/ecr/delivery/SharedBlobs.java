package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What the deliveries of a session know of each other's blobs: which repository of a registry has a blob under a manifest,
 * so that it can be mounted from there, and which blobs are on their way, so that two need not send the same at once.
 *
 * <p>Nobody can wait for who waits for him: a delivery claims all that it brings at once, and waits only for what was
 * claimed before. Safe for use by several threads. The state consists of types of the JDK, since modules of a session may
 * have class loaders of their own.
 */
public final class SharedBlobs {
    private static final String NOWHERE = "";
    private static final String REFUSED = " refuses mounts";
    private static final String GRANTED = " mounts";

    /** By registry and digest: the repository that has the blob, once its manifest is there. Guarded by itself. */
    private final Map<String, CompletableFuture<String>> places;

    private final String kind;

    /**
     * Shares what is in the map, and adds to it.
     *
     * @param places the same for all deliveries of a session; used by this class alone
     */
    public SharedBlobs(Map<String, CompletableFuture<String>> places) {
        this(places, "");
    }

    /** Shares with nobody yet. */
    SharedBlobs() {
        this(new HashMap<>());
    }

    private SharedBlobs(Map<String, CompletableFuture<String>> places, String kind) {
        this.places = places;
        this.kind = kind;
    }

    /** Returns what would be known if all that is foreseen were done. */
    SharedBlobs foreseen() {
        return new SharedBlobs(places, "foreseen ");
    }

    /** Returns what a delivery into the repository knows of the others. */
    Place at(RepositoryDescription repository) {
        return new Place(kind + repository.registry(), repository.name());
    }

    /** One repository, and what others of its registry have. */
    final class Place {
        private final String registry;
        private final RepositoryName repository;

        private Place(String registry, RepositoryName repository) {
            this.registry = registry;
            this.repository = repository;
        }

        private String key(Digest blob) {
            return registry + " " + blob;
        }

        /** Claims those of the blobs that nobody has claimed: whoever needs them meanwhile may wait for them. */
        Claim claim(Collection<Digest> blobs) {
            Map<Digest, CompletableFuture<String>> own = new HashMap<>();
            Map<Digest, CompletableFuture<String>> others = new HashMap<>();
            synchronized (places) {
                for (Digest blob : blobs) {
                    CompletableFuture<String> claimed = new CompletableFuture<>();
                    CompletableFuture<String> earlier = places.putIfAbsent(key(blob), claimed);
                    (earlier == null ? own : others).put(blob, earlier == null ? claimed : earlier);
                }
            }
            return new Claim(this, own, others);
        }

        /** Notes that the repository has the blobs under a manifest. */
        void has(Collection<Digest> blobs) {
            synchronized (places) {
                blobs.forEach(
                        blob -> places.putIfAbsent(key(blob), CompletableFuture.completedFuture(repository.value())));
            }
        }

        /** Tells whether the registry has the blob in some repository, under a manifest. */
        boolean isKnown(Digest blob) {
            synchronized (places) {
                CompletableFuture<String> place = places.get(key(blob));
                return place != null && !place.getNow(NOWHERE).equals(NOWHERE);
            }
        }

        /** Tells whether the blob can be brought in by a mount: others have it, and the registry has mounted before. */
        boolean isSureToMount(Digest blob) {
            return isNoted(GRANTED) && !isNoted(REFUSED) && isKnown(blob);
        }

        RepositoryName repository() {
            return repository;
        }

        /** Returns what is brought into the repository before its push. */
        EarlyBlobs early() {
            return new EarlyBlobs(places, registry + "/" + repository);
        }

        private boolean isRefusing() {
            return isNoted(REFUSED);
        }

        private boolean isNoted(String what) {
            synchronized (places) {
                return places.containsKey(registry + what);
            }
        }

        private void note(String what) {
            synchronized (places) {
                places.put(registry + what, CompletableFuture.completedFuture(NOWHERE));
            }
        }
    }

    /** What one delivery brings, and what others bring or have brought. To be closed whatever comes of it. */
    final class Claim implements AutoCloseable {
        private final Place place;
        private final Map<Digest, CompletableFuture<String>> own;
        private final Map<Digest, CompletableFuture<String>> others;

        private Claim(
                Place place,
                Map<Digest, CompletableFuture<String>> own,
                Map<Digest, CompletableFuture<String>> others) {
            this.place = place;
            this.own = own;
            this.others = others;
        }

        /** Tells whether another delivery is bringing the blob, and it can probably be mounted then. */
        boolean isUnderWay(Digest blob) {
            CompletableFuture<String> other = others.get(blob);
            return other != null && !other.isDone() && !place.isRefusing();
        }

        /** Waits until the delivery that brings the blob has staged its manifest, or has failed. */
        void await(Digest blob) throws InterruptedException {
            try {
                others.getOrDefault(blob, CompletableFuture.completedFuture(NOWHERE))
                        .get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("nobody completes a claim with an error", e);
            }
        }

        /** Returns the repository that has the blob by now; empty where none is known to. */
        Optional<RepositoryName> source(Digest blob) {
            CompletableFuture<String> other = others.get(blob);
            return Optional.ofNullable(other == null ? null : other.getNow(NOWHERE))
                    .filter(name -> !name.equals(NOWHERE))
                    .map(RepositoryName::new);
        }

        /** Tells whether what has the blob is the repository that it is to be brought into. */
        boolean isHere(Digest blob) {
            return source(blob).filter(place.repository()::equals).isPresent();
        }

        /** Notes that the registry does not mount: it is not worth while to wait for another delivery. */
        void refused() {
            place.note(REFUSED);
        }

        /** Notes that the registry mounts from one repository of the session into another. */
        void granted() {
            place.note(GRANTED);
        }

        /** Notes that the manifest is there which refers to the blobs, whoever has brought them. */
        void staged(Collection<Digest> blobs) {
            own.forEach((blob, claimed) -> claimed.complete(place.repository().value()));
            place.has(blobs);
        }

        /** Gives up what was claimed and is not there. */
        @Override
        public void close() {
            synchronized (places) {
                own.forEach((blob, claimed) -> {
                    if (claimed.complete(NOWHERE)) {
                        places.remove(place.key(blob), claimed);
                    }
                });
            }
        }
    }
}
