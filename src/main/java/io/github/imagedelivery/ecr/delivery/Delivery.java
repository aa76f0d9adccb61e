package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.registry.Registries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The story of an image, from top to bottom: what it is to be called, whether it can be published, what is in it, its
 * content into the repository, all of its tags or none, the report. Safe for use by several threads.
 */
public final class Delivery {
    private final CoordinateResolver coordinates;
    private final Preflight preflight;
    private final Claims claims;
    private final Production production;
    private final Publisher publisher;
    private final Reporter reporter;
    private final Journal journal;
    private final DeliveryLog log;
    private final Progress progress;

    /**
     * What images are made with; shared by all modules of a session.
     *
     * @param ecrs opens registries of ECR
     * @param registries opens repositories on the data plane
     * @param bases finds base images
     * @param builder builds images
     */
    public record Workshop(EcrSource ecrs, Registries registries, BaseImages bases, ImageBuilder builder) {}

    /** Creates a delivery. */
    public Delivery(Workshop workshop, Surroundings surroundings, DeliveryLog log, Progress progress) {
        this.coordinates = new CoordinateResolver(surroundings.workingCopy(), surroundings.pipeline(), log);
        this.preflight = new Preflight(workshop, surroundings, log);
        this.claims = surroundings.claims();
        this.publisher = new Publisher(surroundings.pause(), log);
        this.reporter = new Reporter();
        this.journal = new Journal(log);
        this.production = new Production(workshop, surroundings, journal, log);
        this.log = log;
        this.progress = progress;
    }

    /**
     * Brings everything that the module's image consists of into its repository, by digest and without a tag.
     *
     * @param listener is told of each request
     * @throws DeliveryException if the image cannot be named, built or staged; no tag has been touched
     */
    public StagedImage stage(Module module, Exchange.Listener listener) throws DeliveryException {
        return stage(module, LastRun.in(module.reports()), listener);
    }

    /**
     * Does the same where the last run has been forgotten.
     *
     * @param last what {@link #forget} has found
     */
    public StagedImage stage(Module module, Optional<LastRun> last, Exchange.Listener listener)
            throws DeliveryException {
        Traffic traffic = new Traffic(listener);
        try (Work work = progress.begin(module.name())) {
            Timings timings = new Timings(Timeline.begun(), work);
            forget(module.reports());
            Coordinates target =
                    timings.measure("resolve", () -> coordinates.resolve(module.name(), module.coordinates()));
            claims.claim(module.name(), target).ifPresent(rival -> log.wantedTwice(module.name(), rival));
            Access access = timings.measure(
                    "preflight", () -> preflight.open(module.question(target), module.creation(), traffic));
            if (module.policy().undo() == UndoRule.NEVER) {
                log.undoIsOff(module.name());
            }
            return production.stage(new Production.Run(module, target, access, timings, traffic, last));
        } catch (DeliveryException e) {
            reporter.writeFailure(module, e);
            throw e;
        }
    }

    /**
     * Builds the image as {@link #stage} does, and writes it to disk instead.
     *
     * @param listener is told of each request; there is none but for the base image
     */
    public WrittenImage write(Module module, WrittenImage.Destination destination, Exchange.Listener listener)
            throws DeliveryException {
        Coordinates target = coordinates.resolve(module.name(), module.coordinates());
        try (Work work = progress.begin(module.name())) {
            Timings timings = new Timings(Timeline.begun(), work);
            return production.write(new Production.Order(module, target, timings, new Traffic(listener)), destination);
        }
    }

    /**
     * Tells what {@link #stage} and {@link #publish} would do, and refuses what they would refuse. Reads only: nothing is
     * sent, created or tagged. Writes {@code plan.json}.
     *
     * @param listener is told of each request
     * @throws DeliveryException if the image could not be named, built or published
     */
    public PushPlan plan(Module module, Exchange.Listener listener) throws DeliveryException {
        Timings timings = new Timings(Timeline.begun(), Work.UNSEEN);
        Traffic traffic = new Traffic(listener);
        forget(module.reports());
        Coordinates target = timings.measure("resolve", () -> coordinates.resolve(module.name(), module.coordinates()));
        claims.claim(module.name(), target).ifPresent(rival -> log.wantedTwice(module.name(), rival));
        Preflight.Outlook outlook =
                timings.measure("preflight", () -> preflight.look(module.question(target), module.creation(), traffic));
        Production.Run run = new Production.Run(module, target, outlook.access(), timings, traffic, Optional.empty());
        PushPlan plan = production.foresee(run, outlook.creator());
        plan.write(module.reports());
        return plan;
    }

    /**
     * Tells what publishing would do with the images that {@link #note} of another build has left, and refuses what it
     * would refuse. Reads only, and leaves what is noted. Writes {@code plan.json} for each.
     *
     * @param reports the modules' report directories
     * @param listener is told of each request
     */
    public List<PushPlan> plan(List<Path> reports, Exchange.Listener listener) throws DeliveryException {
        List<StagedImage> images = new ArrayList<>();
        for (Path directory : reports) {
            images.add(takeUp(
                    StagedFile.read(directory),
                    directory,
                    listener,
                    (staged, traffic) -> preflight
                            .look(staged.question(), Optional.empty(), traffic)
                            .access()));
        }
        Optional<DeliveryException> clash = Clash.among(images);
        if (clash.isPresent()) {
            throw clash.get();
        }
        List<PushPlan> plans = new ArrayList<>();
        for (StagedImage image : images) {
            PushPlan plan = new PushPlan(image, Optional.empty(), Optional.empty());
            plan.write(image.reports());
            plans.add(plan);
        }
        return plans;
    }

    /**
     * Removes what an earlier delivery has left: a later goal must not take it for this one's.
     *
     * @param reports the module's report directory
     * @return how the last run ended; empty if there was none, or it ended well
     */
    public static Optional<LastRun> forget(Path reports) throws DeliveryException {
        Optional<LastRun> last = LastRun.in(reports);
        Reporter.forget(reports);
        return last;
    }

    /**
     * Notes on disk what was staged, so that it can be published later, from another class loader or by another build.
     */
    public void note(StagedImage image) throws DeliveryException {
        journal.at(image, Phase.STAGED, List.of());
        StagedFile.of(image).write(image.reports());
    }

    /**
     * Takes up what {@link #note} has left.
     *
     * @param reports the module's report directory
     * @param listener is told of each request
     */
    public StagedImage resume(Path reports, Exchange.Listener listener) throws DeliveryException {
        return takeUp(StagedFile.read(reports), reports, listener, preflight::reopen);
    }

    /**
     * Takes up what {@link #note} of another build has left, and reads anew what the tags point at.
     *
     * @param reports the module's report directory
     * @param listener is told of each request
     * @throws DeliveryException if a tag points at another image meanwhile and may not move
     */
    public StagedImage reconsider(Path reports, Exchange.Listener listener) throws DeliveryException {
        StagedImage image = takeUp(
                StagedFile.read(reports).asOld(),
                reports,
                listener,
                (staged, traffic) -> preflight.open(staged.question(), Optional.empty(), traffic));
        // The run that has staged it ended as it was meant to.
        production.tell(image.module(), LastRun.in(reports).filter(LastRun::hasBegunToPublish), image.plan());
        return image;
    }

    /** Tells whether {@link #note} has left something in the directory. */
    public static boolean isStaged(Path reports) {
        return StagedFile.isIn(reports);
    }

    private interface Door {
        Access open(StagedFile staged, Exchange.Listener listener) throws DeliveryException;
    }

    private static StagedImage takeUp(StagedFile staged, Path reports, Exchange.Listener listener, Door door)
            throws DeliveryException {
        Traffic traffic = new Traffic(
                listener, staged.traffic("requests"), staged.traffic("bytesSent"), staged.traffic("bytesReceived"));
        Access access = door.open(staged, traffic);
        Comparer comparer = Comparer.ofStored(staged.image(), access.content(), reports);
        return new StagedImage(
                staged.coordinates(),
                access,
                TagPlan.of(staged.image(), staged.coordinates(), access, comparer),
                new StagedImage.Details(
                        staged.module(),
                        reports,
                        staged.policy(),
                        staged.isNew(),
                        staged.report(),
                        new Timings(staged.timeline(), staged.milliseconds()),
                        traffic));
    }

    private List<Publication> publishSeen(List<StagedImage> images) {
        String name = images.size() == 1 ? images.get(0).module() : images.size() + " images";
        try (Work work = progress.begin(name)) {
            work.phase("publish");
            return publisher.publish(images, journal);
        }
    }

    /**
     * Points all tags of every image at it, or none of any.
     *
     * @return for each image how it ended; the reports are written
     * @throws DeliveryException if a report cannot be written; the log has told how each ended, and the tags are so
     */
    public List<Publication> publish(List<StagedImage> images) throws DeliveryException {
        long start = System.nanoTime();
        List<Publication> publications = publishSeen(images);
        long end = System.nanoTime();
        List<DeliveryException> unwritten = new ArrayList<>();
        for (Publication publication : publications) {
            publication.image().details().timings().add("publish", start, end);
            log.published(publication);
            try {
                reporter.write(publication, journal.entry(publication.image()));
            } catch (DeliveryException e) {
                unwritten.add(e);
            }
        }
        if (images.size() > 1) {
            log.transferred(Transfers.of(images));
        }
        if (!unwritten.isEmpty()) {
            // What is written nowhere else must be said here: it may hold the command that repairs.
            List<DeliveryException> errors = new ArrayList<>(Publication.errors(publications));
            errors.addAll(unwritten);
            throw DeliveryException.ofAll(errors);
        }
        return publications;
    }
}
