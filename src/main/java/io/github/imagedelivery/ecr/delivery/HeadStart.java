package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Brings the layers of base images into the repositories of modules that are yet to be built, so that their push finds
 * them there. No manifest and no tag is written, so nothing of it can be seen. Whatever fails is left to the push, which
 * tells of it if it fails again.
 *
 * <p>What can be mounted is mounted into each repository. What has to be sent is sent into the first that needs it: the
 * others mount it from there, once a manifest is there.
 */
final class HeadStart {
    private final Workshop workshop;
    private final Surroundings surroundings;
    private final DeliveryLog log;
    private final Exchange.Listener listener;
    /** By registry and digest: what is not sent into a second repository. One thread alone looks at it. */
    private final Set<String> sent = new HashSet<>();

    /**
     * Creates a head start.
     *
     * @param listener is told of each request
     */
    HeadStart(Workshop workshop, Surroundings surroundings, DeliveryLog log, Exchange.Listener listener) {
        this.workshop = workshop;
        this.surroundings = surroundings;
        this.log = log;
        this.listener = listener;
    }

    /**
     * A layer on its way.
     *
     * @param origin what it is mounted from; empty to send it
     */
    private record Layer(String module, Blob blob, Optional<Origin> origin) {
        Digest digest() {
            return blob.descriptor().digest();
        }
    }

    /** Where layers go. */
    private record Way(ContentStore store, EarlyBlobs early) {
        /** Notes for the push that a blob is there. */
        void reuse(Digest blob) {
            if (early.begin(blob)) {
                early.brought(blob, Fate.REUSED);
            }
        }
    }

    /** Asks for each module in turn what its repository lacks, and has each such layer brought by one of the threads. */
    void begin(List<Prospect> prospects, Executor threads) {
        threads.execute(() -> {
            for (Prospect prospect : prospects) {
                if (Thread.currentThread().isInterrupted()) {
                    return; // the build is over
                }
                attempt(prospect.named().module(), () -> bring(prospect, threads));
            }
        });
    }

    private interface Attempt {
        void run() throws AwsException, RegistryException, DeliveryException;
    }

    @SuppressWarnings("IllegalCatch") // nothing that goes wrong here may be noticed
    private void attempt(String module, Attempt attempt) {
        try {
            attempt.run();
        } catch (AwsException | RegistryException | DeliveryException | RuntimeException e) {
            log.leftToPush(module, e);
        }
    }

    private boolean isFirst(RepositoryDescription repository, Digest layer) {
        return sent.add(repository.registry() + " " + layer);
    }

    private void bring(Prospect prospect, Executor threads) throws AwsException, RegistryException, DeliveryException {
        if (prospect.named().candidate().base().isEmpty()) {
            return;
        }
        Coordinates target = prospect.named().target();
        Ecr ecr = workshop.ecrs().open(target.registry().value(), target.region(), listener);
        RepositoryDescription repository =
                Preflight.unread(ecr, target.repository().value());
        ContentStore store = new EcrStore(
                ecr, repository, new EcrStore.Shared(workshop.registries(), surroundings.pace()), listener);
        Map<Digest, Layer> wanted = wanted(prospect, repository, store);
        if (!wanted.isEmpty()) {
            Way way = new Way(store, surroundings.blobs().at(repository).early());
            for (Digest there : store.present(wanted.keySet())) {
                wanted.remove(there);
                way.reuse(there);
            }
            wanted.values().forEach(layer -> threads.execute(() -> bring(layer, way)));
        }
    }

    /** Returns the layers that the repository may lack, but for those that it can mount from another one later. */
    private Map<Digest, Layer> wanted(Prospect prospect, RepositoryDescription repository, ContentStore store)
            throws AwsException, DeliveryException {
        Candidate candidate = prospect.named().candidate();
        PlatformBases bases =
                PlatformBases.find(workshop.bases(), candidate.base().orElseThrow(), candidate.platforms(), listener);
        Optional<Origin> origin = bases.first().origin();
        boolean mounts = origin.isPresent() && store.isMountable(origin.get());
        Map<Digest, Layer> wanted = new LinkedHashMap<>();
        for (PlatformBases.OnPlatform base : bases.bases()) {
            for (Blob layer : base.source().image().layers()) {
                wanted.put(
                        layer.descriptor().digest(),
                        new Layer(candidate.name(), layer, mounts ? origin : Optional.empty()));
            }
        }
        // First also where it is there already: the others mount it then, and nothing need be sent.
        wanted.keySet().removeIf(layer -> !isFirst(repository, layer) && !mounts);
        wanted.keySet().removeAll(prospect.there());
        return prospect.isBuilt() ? Map.of() : wanted;
    }

    private void bring(Layer layer, Way way) {
        if (way.early().begin(layer.digest())) {
            try {
                attempt(
                        layer.module(),
                        () -> way.early()
                                .brought(
                                        layer.digest(),
                                        ParallelUploads.fate(way.store().push(layer.blob(), layer.origin()))));
            } finally {
                way.early().end(layer.digest());
            }
        }
    }
}
