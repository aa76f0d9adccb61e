package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.ParallelUploads.Upload;
import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the blobs that a repository lacks, mounted from a repository of the session where one has them. What is large and
 * on its way into another repository comes last: until then it can perhaps be mounted.
 */
final class Supply {
    /** What is smaller is sent sooner than waited for. */
    private static final long WORTH_WAITING = 1 << 20;

    private final ContentStore store;
    private final SharedBlobs.Claim claim;
    private final EarlyBlobs early;
    private final Work work;

    /**
     * Creates what brings them.
     *
     * @param early what comes into the repository anyway
     * @param work is told of each byte
     */
    Supply(ContentStore store, SharedBlobs.Claim claim, EarlyBlobs early, Work work) {
        this.store = store;
        this.claim = claim;
        this.early = early;
        this.work = work;
    }

    /** Brings all, and tells how each came to be in the repository, but for those that come into it anyway. */
    Map<Digest, Fate> bring(Collection<Upload> missing) throws AwsException, RegistryException {
        List<Upload> now = new ArrayList<>(missing);
        List<Upload> later = missing.stream().filter(this::isWorthWaiting).toList();
        now.removeAll(later);
        Map<Digest, Fate> fates = round(now);
        for (Upload upload : later) {
            await(upload);
        }
        fates.putAll(round(later));
        return fates;
    }

    private boolean isWorthWaiting(Upload upload) {
        return early.isUnderWay(digest(upload)) || isOnItsWayElsewhere(upload);
    }

    private boolean isOnItsWayElsewhere(Upload upload) {
        return upload.origin().isEmpty()
                && upload.blob().descriptor().size() >= WORTH_WAITING
                && claim.isUnderWay(digest(upload))
                && !early.isThere(digest(upload));
    }

    private void await(Upload upload) throws RegistryException {
        try {
            early.await(digest(upload));
            if (isOnItsWayElsewhere(upload)) {
                claim.await(digest(upload));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("uploads interrupted", e);
        }
    }

    private Map<Digest, Fate> round(List<Upload> uploads) throws AwsException, RegistryException {
        Map<Digest, Fate> fates = new LinkedHashMap<>();
        List<Upload> left = new ArrayList<>();
        Set<Digest> mountable = new HashSet<>();
        for (Upload upload : uploads) {
            Optional<RepositoryName> source = claim.source(digest(upload));
            if (early.isThere(digest(upload))) {
                new CountedBlob(upload.blob(), work).spare();
            } else if (claim.isHere(digest(upload))) {
                fates.put(digest(upload), Fate.REUSED);
                new CountedBlob(upload.blob(), work).spare();
            } else if (upload.origin().isEmpty() && source.isPresent()) {
                left.add(new Upload(upload.blob(), Optional.of(store.neighbour(source.get()))));
                mountable.add(digest(upload));
            } else {
                left.add(upload);
            }
        }
        fates.putAll(new ParallelUploads(store, work).run(left));
        if (mountable.stream().anyMatch(blob -> fates.get(blob) == Fate.UPLOADED)) {
            claim.refused();
        } else if (!mountable.isEmpty()) {
            claim.granted();
        }
        return fates;
    }

    private static Digest digest(Upload upload) {
        return upload.blob().descriptor().digest();
    }
}
