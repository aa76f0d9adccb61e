package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.ExistingSha;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.ImageOutput;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.image.KnownLayers;
import io.github.imagedelivery.ecr.image.StaleLayerException;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the image of one module and brings its content into the repository; or takes the image that is there, where that
 * is wanted. Safe for use by several threads.
 */
final class Production {
    private final Workshop workshop;
    private final Surroundings surroundings;
    private final Journal journal;
    private final DeliveryLog log;

    Production(Workshop workshop, Surroundings surroundings, Journal journal, DeliveryLog log) {
        this.workshop = workshop;
        this.surroundings = surroundings;
        this.journal = journal;
        this.log = log;
    }

    /** One module on its way into its repository. */
    record Run(
            Module module,
            Coordinates target,
            Access access,
            Timings timings,
            Traffic traffic,
            Optional<LastRun> last) {
        StagedImage staged(TagPlan plan, boolean isNew, Json report) {
            return new StagedImage(
                    target,
                    access,
                    plan,
                    new StagedImage.Details(
                            module.name(), module.reports(), module.policy(), isNew, report, timings, traffic));
        }

        String uri() {
            return access.repository().uri();
        }
    }

    /** Brings the image in, without a tag. */
    StagedImage stage(Run run) throws DeliveryException {
        Optional<Manifest> existing = adoptable(run);
        return existing.isPresent() ? adopt(run, existing.get()) : build(run, holdings(run));
    }

    /** Says where an earlier run has stopped. */
    void tell(String module, Optional<LastRun> last, TagPlan plan) {
        Leftover leftover = Leftover.of(last, plan);
        if (leftover.isWorthTelling()) {
            log.found(module, leftover);
        }
    }

    private static Holdings holdings(Run run) {
        Holdings held = run.access().holdings();
        return run.module().takesLayers() ? held : new Holdings(KnownLayers.NONE, held.blobs());
    }

    private StagedImage build(Run run, Holdings held) throws DeliveryException {
        Module module = run.module();
        Made made = make(run, held.layers());
        try (ImageSet images = made.images()) {
            TagPlan plan = plan(run, images);
            tell(module.name(), run.last(), plan);
            Optional<Staging> staging = run.timings()
                    .measure(
                            "stage",
                            () -> run.access().holds(images.root())
                                    ? Optional.of(stager(run, made).nothingToDo(images))
                                    : stage(made, run, held.blobs()));
            if (staging.isPresent()) {
                log.staged(module.name(), staging.get());
                tell(module.name(), images);
                Json report = Reporter.staged(run.uri(), run.target(), images, made.bases(), staging.get());
                return run.staged(plan, staging.get().isNew(), report);
            }
        }
        return build(run, Holdings.NONE);
    }

    private void tell(String module, ImageSet images) {
        if (images.root().isIndex()) {
            for (int i = 0; i < images.images().size(); i++) {
                Digest digest = images.images().get(i).manifest().digest();
                log.onPlatform(module, images.platforms().get(i), digest);
            }
        }
    }

    /**
     * The image that is to be published.
     *
     * @param images what it consists of
     * @param bases what it is built on; empty where another tool has built it
     */
    private record Made(ImageSet images, Optional<PlatformBases> bases) {}

    /**
     * An image that is to be made, wherever it goes then.
     *
     * @param target what it is called
     */
    record Order(Module module, Coordinates target, Timings timings, Traffic traffic) {}

    private Made make(Run run, KnownLayers known) throws DeliveryException {
        return make(new Order(run.module(), run.target(), run.timings(), run.traffic()), known);
    }

    private Made make(Order order, KnownLayers known) throws DeliveryException {
        Module module = order.module();
        Timings timings = order.timings();
        if (module.making() instanceof Recipe recipe) {
            PlatformBases bases = timings.measure("base", () -> bases(module.name(), recipe, order.traffic()));
            ImageSet images = timings.measure("build", () -> build(recipe, bases, order.target(), known));
            return new Made(images, Optional.of(bases));
        }
        Prebuilt prebuilt = (Prebuilt) module.making();
        return new Made(timings.measure("build", () -> take(prebuilt)), Optional.empty());
    }

    private PlatformBases bases(String module, Recipe recipe, Traffic traffic) throws DeliveryException {
        PlatformBases found = PlatformBases.find(workshop.bases(), recipe.base(), recipe.platforms(), traffic);
        for (PlatformBases.OnPlatform base : found.bases()) {
            workshop.bases().requireJava(module, recipe.application().requiredJava(), base.source());
            log.base(module, base.source().told(), base.platform());
        }
        return found;
    }

    private ImageSet take(Prebuilt prebuilt) throws DeliveryException {
        try {
            return workshop.builder().take(prebuilt.image());
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        }
    }

    /** Builds the image; ECR is asked for nothing but a base that is there. */
    ImageSet build(Module module, Coordinates target, Timings timings, Traffic traffic) throws DeliveryException {
        return make(
                        new Order(module, target, timings, traffic),
                        module.takesLayers() ? KnownLayers.NOTED : KnownLayers.NONE)
                .images();
    }

    /** Builds the image and writes it to disk, all of its base included; ECR is asked for nothing but such a base. */
    WrittenImage write(Order order, WrittenImage.Destination destination) throws DeliveryException {
        // All of it is read, so nothing is won by writing a layer later.
        try (ImageSet images = make(order, KnownLayers.NONE).images()) {
            Work work = order.timings().work();
            work.phase("write");
            ImageOutput output = new ImageOutput(images, new Download(images, workshop.bases(), work));
            WrittenImage written = WrittenImage.of(order.module().name(), order.target(), images, destination);
            output.write(
                    destination.format(),
                    destination.path(),
                    new ImageOutput.Names(written.repository(), order.target().tags()));
            return written;
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        } catch (IOException e) {
            throw DeliveryException.ofService(
                    "The image cannot be written to " + destination.path() + "; nothing was left there",
                    e,
                    "make the directory writable and its disk large enough, and the layers of the base image readable;"
                            + " with -o they must have been written once before");
        }
    }

    private static TagPlan plan(Run run, ImageSet images) throws DeliveryException {
        Comparer comparer = new Comparer(
                ComparedImage.built(images),
                run.access().content(),
                run.module().reports());
        return TagPlan.of(images.root(), run.target(), run.access(), comparer);
    }

    /**
     * Tells what {@link #stage} would do and what would then be published; changes nothing.
     *
     * @param creator what would create the repository; empty where it is there
     */
    PushPlan foresee(Run run, Optional<String> creator) throws DeliveryException {
        Optional<Manifest> existing = adoptable(run);
        if (existing.isPresent()) {
            log.adopted(run.module().name(), existing.get().digest());
            TagPlan plan = TagPlan.of(existing.get(), run.target(), run.access());
            Json report = Reporter.adopted(run.uri(), run.target(), existing.get());
            return new PushPlan(run.staged(plan, false, report), creator, Optional.empty());
        }
        Made made = make(run, holdings(run).layers());
        try (ImageSet images = made.images()) {
            TagPlan plan = plan(run, images);
            Staging staging = run.timings()
                    .measure(
                            "stage",
                            () -> run.access().holds(images.root())
                                    ? foreseer(run, made).nothingToDo(images)
                                    : foresee(made, run, creator.isEmpty()));
            Json report = Reporter.staged(run.uri(), run.target(), images, made.bases(), staging);
            return new PushPlan(run.staged(plan, staging.isNew(), report), creator, Optional.of(staging));
        }
    }

    private Staging foresee(Made made, Run run, boolean isThere) throws DeliveryException {
        String problem = "What is there already cannot be told; nothing was changed";
        try {
            return foreseer(run, made).foresee(made.images(), isThere);
        } catch (AwsException e) {
            throw Explanations.of(problem, e, run.target());
        } catch (RegistryException e) {
            throw Explanations.of(problem, e, run.target());
        }
    }

    private Stager stager(Run run, Made made) {
        return stager(run, made, surroundings.blobs());
    }

    private Stager foreseer(Run run, Made made) {
        return stager(run, made, surroundings.blobs().foreseen());
    }

    private Stager stager(Run run, Made made, SharedBlobs blobs) {
        SharedBlobs.Place place = blobs.at(run.access().repository());
        Optional<BaseSource.Origin> origin =
                made.bases().flatMap(bases -> bases.first().origin());
        ContentStore store =
                new TimedStore(run.access().content(), run.timings().timeline());
        return new Stager(store, origin, place, surroundings.pause());
    }

    private static Optional<Manifest> adoptable(Run run) {
        return run.module().coordinates().existingSha() == ExistingSha.ADOPT
                ? Optional.ofNullable(
                        run.access().before().get(run.target().shaTag().value()))
                : Optional.empty();
    }

    private StagedImage adopt(Run run, Manifest existing) throws DeliveryException {
        log.adopted(run.module().name(), existing.digest());
        TagPlan plan = TagPlan.of(existing, run.target(), run.access());
        tell(run.module().name(), run.last(), plan);
        return run.staged(plan, false, Reporter.adopted(run.uri(), run.target(), existing));
    }

    private ImageSet build(Recipe recipe, PlatformBases base, Coordinates target, KnownLayers known)
            throws DeliveryException {
        List<BaseImage> images =
                base.bases().stream().map(found -> found.source().image()).toList();
        try {
            return workshop.builder().build(recipe.plan(target), images, base.platforms(), known);
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        }
    }

    /** Stages the image; returns nothing where a layer is not what was known of it, and had to be sent. */
    private Optional<Staging> stage(Made made, Run run, Set<Digest> held) throws DeliveryException {
        String problem = "The image could not be staged; nothing was tagged";
        String module = run.module().name();
        journal.staging(
                run.module().reports(),
                Reporter.staging(module, run.uri(), run.target(), made.images().root()));
        try {
            return Optional.of(
                    stager(run, made).stage(made.images(), held, run.timings().work()));
        } catch (AwsException e) {
            throw Explanations.of(problem, e, run.target()).afterSending();
        } catch (RegistryException e) {
            if (StaleLayerException.isBehind(e)) {
                return Optional.empty();
            }
            throw Explanations.of(problem, e, run.target()).afterSending();
        }
    }
}
