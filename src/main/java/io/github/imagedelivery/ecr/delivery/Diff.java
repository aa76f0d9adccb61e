package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.CoordinateResolver.Place;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.delivery.DiffReport.Facts;
import io.github.imagedelivery.ecr.delivery.DiffReport.Side;
import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds in what two images of a repository differ, or one of them and what the working copy gives. Reads only: manifests,
 * configs, and the layers that are not the same.
 */
public final class Diff {
    private final CoordinateResolver coordinates;
    private final EcrSource ecrs;
    private final EcrStore.Shared shared;
    private final Production production;
    private final Progress progress;

    /**
     * Creates a comparison.
     *
     * @param log is told of its events
     * @param progress is told of what takes long
     */
    public Diff(Workshop workshop, Surroundings surroundings, DeliveryLog log, Progress progress) {
        this.coordinates = new CoordinateResolver(surroundings.workingCopy(), surroundings.pipeline(), log);
        this.ecrs = workshop.ecrs();
        this.shared = new EcrStore.Shared(workshop.registries(), surroundings.pace());
        this.production = new Production(workshop, surroundings, new Journal(log), log);
        this.progress = progress;
    }

    /**
     * Builds the module's image as {@link Delivery#write} does, and compares it with one in the repository.
     *
     * @param from the image in the repository; empty for the one that has the SHA tag of the commit
     * @param listener is told of each request
     */
    public DiffReport ofBuild(Module module, Optional<ImageName> from, Exchange.Listener listener)
            throws DeliveryException {
        Coordinates target = coordinates.resolve(module.name(), module.coordinates());
        Traffic traffic = new Traffic(listener);
        Opened opened = open(target.place(), traffic);
        ImageName name = from.orElseGet(() -> ofCommit(target));
        Manifest old = find(opened, List.of(name)).get(0);
        try (Work work = progress.begin(module.name());
                ImageSet images = production.build(module, target, new Timings(Timeline.begun(), work), traffic)) {
            work.phase("compare");
            ComparedImage before = ComparedImage.stored(old, opened.store()).at(name.where());
            return report(
                    module.name(),
                    opened,
                    List.of(
                            new Side(name.toString(), old.digest()),
                            new Side("this build", images.root().digest())),
                    List.of(before, ComparedImage.built(images)));
        }
    }

    /**
     * Compares two images in the repository. Nothing is built, and unless the first is left out no commit is needed.
     *
     * @param module what messages call the module
     * @param listener is told of each request
     */
    public DiffReport ofStored(String module, CoordinateSettings settings, Pair pair, Exchange.Listener listener)
            throws DeliveryException {
        ImageName from = pair.from().isPresent() ? pair.from().get() : ofCommit(coordinates.resolve(module, settings));
        List<ImageName> names = List.of(from, pair.to());
        Opened opened = open(coordinates.place(settings), new Traffic(listener));
        List<Manifest> found = find(opened, names);
        List<Side> sides = new ArrayList<>();
        List<ComparedImage> images = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            sides.add(new Side(names.get(i).toString(), found.get(i).digest()));
            images.add(ComparedImage.stored(found.get(i), opened.store())
                    .at(names.get(i).where()));
        }
        try (Work work = progress.begin(module)) {
            work.phase("compare");
            return report(module, opened, sides, images);
        }
    }

    /**
     * Two images of a repository.
     *
     * @param from the first; empty for the one that has the SHA tag of the commit
     * @param to the second
     */
    public record Pair(Optional<ImageName> from, ImageName to) {}

    private record Opened(Place place, Ecr ecr, String uri, EcrStore store) {}

    /** The working copy may differ from its commit: what was published was made of the commit. */
    private static ImageName ofCommit(Coordinates target) {
        return ImageName.of(new Tag(target.sha()));
    }

    private Opened open(Place place, Exchange.Listener listener) throws DeliveryException {
        try {
            Ecr ecr = ecrs.open(place.registry().value(), place.region(), listener)
                    .toRead();
            ecr.willRead(place.repository().value());
            RepositoryDescription repository =
                    Preflight.unread(ecr, place.repository().value());
            return new Opened(place, ecr, repository.uri(), new EcrStore(ecr, repository, shared, listener));
        } catch (AwsException e) {
            throw unreadable(e, place);
        }
    }

    private static DeliveryException unreadable(AwsException e, Place place) {
        String repository = place.repository().value().value();
        return e.code().equals(Preflight.NOT_FOUND)
                ? DeliveryException.ofUser(
                        "The repository " + repository + " does not exist, so there is nothing to compare with",
                        e,
                        "name the repository of the images with ecr.name")
                : Explanations.of("There is nothing to compare with: ECR cannot be read", e, repository);
    }

    private static List<Manifest> find(Opened opened, List<ImageName> names) throws DeliveryException {
        List<Manifest> found = new ArrayList<>();
        List<DeliveryException> missing = new ArrayList<>();
        for (ImageName name : names) {
            try {
                name.read(opened.ecr(), opened.place().repository().value())
                        .ifPresentOrElse(found::add, () -> missing.add(missing(name, opened)));
            } catch (AwsException e) {
                throw unreadable(e, opened.place());
            }
        }
        if (!missing.isEmpty()) {
            throw DeliveryException.ofAll(missing);
        }
        return found;
    }

    private static DeliveryException missing(ImageName name, Opened opened) {
        String repository = opened.place().repository().value().value();
        return DeliveryException.ofUser(
                "There is no image " + name + " to compare with; nothing was built",
                "the repository " + opened.uri() + " has no such " + (name.tag().isPresent() ? "tag" : "digest"),
                "name another one with ecr.diff.from or ecr.diff.to (aws ecr list-images --repository-name "
                        + repository + "), or its repository with ecr.name");
    }

    private static DiffReport report(String module, Opened opened, List<Side> sides, List<ComparedImage> images) {
        ComparedImage before = images.get(0);
        ComparedImage now = images.get(1);
        boolean isSame = before.manifest().digest().equals(now.manifest().digest());
        boolean areIndexes = before.manifest().isIndex() && now.manifest().isIndex();
        return new DiffReport(new Facts(
                module,
                opened.uri(),
                sides.get(0),
                sides.get(1),
                areIndexes ? ManifestComparison.between(before.manifest(), now.manifest()) : List.of(),
                isSame ? List.of() : new PlatformsComparison(before, now).run()));
    }
}
