package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.delivery.BaseImages;
import io.github.imagedelivery.ecr.delivery.Claims;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.Coordinates;
import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.DeliveryLog;
import io.github.imagedelivery.ecr.delivery.EcrSource;
import io.github.imagedelivery.ecr.delivery.ImageDescription;
import io.github.imagedelivery.ecr.delivery.Leftover;
import io.github.imagedelivery.ecr.delivery.Module;
import io.github.imagedelivery.ecr.delivery.Pause;
import io.github.imagedelivery.ecr.delivery.Progress;
import io.github.imagedelivery.ecr.delivery.Publication;
import io.github.imagedelivery.ecr.delivery.PublishPolicy;
import io.github.imagedelivery.ecr.delivery.Recipe;
import io.github.imagedelivery.ecr.delivery.Result;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import io.github.imagedelivery.ecr.delivery.Staging;
import io.github.imagedelivery.ecr.delivery.Surroundings;
import io.github.imagedelivery.ecr.delivery.Transfers;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.Registries;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What one build of a fresh machine has: clients, connections and empty caches of its own, put together as the plugin
 * does it.
 */
final class Client implements AutoCloseable {
    private final EcrClients clients;
    private final Delivery delivery;
    private final Path directory;
    private final Clone clone;

    private Client(EcrClients clients, Delivery delivery, Path directory, Clone clone) {
        this.clients = clients;
        this.delivery = delivery;
        this.directory = directory;
        this.clone = clone;
    }

    /** A clone of depth 1, whose commits are numbered. */
    private static final class Clone implements WorkingCopy {
        private volatile int commit;

        static String id(int commit) {
            return String.format("%040x", commit);
        }

        @Override
        public Optional<Revision> revision() {
            return Optional.of(new Revision(
                    id(commit),
                    Revision.Cleanliness.CLEAN,
                    List.of(),
                    Optional.of(Instant.EPOCH),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    commit == 0 ? List.of() : List.of(id(commit - 1))));
        }
    }

    /**
     * Makes the parts.
     *
     * @param variables what leads to the embedded ECR, by the names that the AWS SDKs share
     * @param directory where caches and reports go
     */
    static Client of(Map<String, String> variables, Path directory) {
        URI endpoint = URI.create(variables.getOrDefault("AWS_ENDPOINT_URL_ECR", ""));
        AwsKeys keys = new AwsKeys(
                variables.getOrDefault("AWS_ACCESS_KEY_ID", ""),
                variables.getOrDefault("AWS_SECRET_ACCESS_KEY", ""),
                Optional.empty());
        EcrClients clients = EcrClients.create(
                new AwsSettings(
                        Optional.ofNullable(variables.get("AWS_REGION")), Optional.of(keys), Optional.of(endpoint)),
                Clock.systemUTC());
        EcrSource source = new Source(clients, endpoint.getAuthority());
        Registries registries = Registries.create(Registries.Settings.DEFAULTS);
        Delivery.Workshop workshop = new Delivery.Workshop(
                source,
                registries,
                new BaseImages(registries, source, RegistryLogins.NONE, directory.resolve("base")),
                ImageBuilder.jib(directory.resolve("layers"), "bench"));
        Clone clone = new Clone();
        Surroundings surroundings = new Surroundings(clone, Optional.empty(), Pause.REAL);
        return new Client(
                clients, new Delivery(workshop, surroundings, new Silence(), Progress.UNSEEN), directory, clone);
    }

    /**
     * Stages and publishes the application.
     *
     * @param base name of the base image
     * @param revision number of the commit; the two tags are derived from it
     */
    Result deliver(JavaApplication application, String repository, String base, int revision) throws DeliveryException {
        clone.commit = revision;
        Module module = module(application, repository, base, revision);
        return results(List.of(delivery.stage(module, Exchange.Listener.NONE))).get(0);
    }

    /** Stages all modules at the same time, each for the repository of its number, then publishes them together. */
    List<Result> deliverTogether(List<JavaApplication> modules, String base) throws Exception {
        return deliverTogether(modules, base, "module-", modules.size());
    }

    /**
     * Stages the modules, then publishes them together.
     *
     * @param repositories what the names of the repositories begin with, before the number of the module
     * @param threads how many modules are staged at the same time
     */
    List<Result> deliverTogether(List<JavaApplication> modules, String base, String repositories, int threads)
            throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<StagedImage>> staging = new ArrayList<>();
            for (JavaApplication application : modules) {
                Module module = module(application, repositories + staging.size(), base, 1);
                staging.add(pool.submit(() -> delivery.stage(module, Exchange.Listener.NONE)));
            }
            List<StagedImage> staged = new ArrayList<>();
            for (Future<StagedImage> image : staging) {
                staged.add(image.get());
            }
            return results(staged);
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Result> results(List<StagedImage> staged) throws DeliveryException {
        List<Result> results = new ArrayList<>();
        for (Publication publication : delivery.publish(staged)) {
            if (publication.error().isPresent()) {
                throw publication.error().get();
            }
            results.add(publication.result());
        }
        return results;
    }

    private Module module(JavaApplication application, String repository, String base, int revision) {
        return new Module(
                "orders",
                new CoordinateSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(repository),
                        "orders",
                        Optional.of(Clone.id(revision)),
                        Optional.empty(),
                        Optional.of("1." + revision),
                        List.of(),
                        "1." + revision,
                        CoordinateSettings.SNAPSHOTS,
                        CoordinateSettings.Dirty.REFUSE,
                        CoordinateSettings.ExistingSha.REFUSE,
                        CoordinateSettings.PullRequests.REFUSE),
                Optional.empty(),
                PublishPolicy.DEFAULT,
                new Recipe(
                        base,
                        List.of(Platform.LINUX_AMD64),
                        application,
                        ContainerSettings.DEFAULT,
                        ImageDescription.NONE,
                        Compression.GZIP),
                directory.resolve("reports").resolve(repository));
    }

    @Override
    public void close() {
        clients.close();
    }

    private record Source(EcrClients clients, String host) implements EcrSource {
        @Override
        public Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
                throws AwsException {
            return registry.isPresent() ? clients.open(registry.get(), listener) : clients.open(region, listener);
        }

        @Override
        public Optional<Caller> caller(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
                throws AwsException {
            return clients.caller(registry, region, listener);
        }

        @Override
        public boolean create(RepositoryName missing) {
            return false;
        }

        @Override
        public boolean isEmulatedAt(String asked) {
            return asked.equals(host);
        }
    }

    private static final class Silence implements DeliveryLog {
        @Override
        public void resolved(String module, Coordinates coordinates) {}

        @Override
        public void tagsLeftOut(String module, List<String> templates, Coordinates coordinates) {}

        @Override
        public void transferred(Transfers transfers) {}

        @Override
        public void commitDiffers(String module, Pipeline pipeline, Coordinates coordinates) {}

        @Override
        public void notCheckedOut(String module, Coordinates coordinates, String head) {}

        @Override
        public void found(String module, Leftover leftover) {}

        @Override
        public void phaseNotNoted(Path directory, IOException cause) {}

        @Override
        public void wantedTwice(String module, Claims.Rival rival) {}

        @Override
        public void repositoryCreated(RepositoryName repository) {}

        @Override
        public void leftToPush(String module, Exception cause) {}

        @Override
        public void undoIsOff(String module) {}

        @Override
        public void undoIsBlind(String module, String cause) {}

        @Override
        public void adopted(String module, Digest existing) {}

        @Override
        public void base(String module, String pinned, Platform platform) {}

        @Override
        public void onPlatform(String module, Platform platform, Digest image) {}

        @Override
        public void staged(String module, Staging staging) {}

        @Override
        public void published(Publication publication) {}
    }
}
