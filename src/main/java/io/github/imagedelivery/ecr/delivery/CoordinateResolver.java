package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.ci.WorkingCopyException;
import io.github.imagedelivery.ecr.delivery.TagPlaceholder.Facts;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides what an image is to be called (design: "Coordinates"). Each value comes from the first source that is set;
 * what is wrong is told all at once.
 */
final class CoordinateResolver {
    private final WorkingCopy workingCopy;
    private final Optional<Pipeline> pipeline;
    private final DeliveryLog log;

    CoordinateResolver(WorkingCopy workingCopy, Optional<Pipeline> pipeline, DeliveryLog log) {
        this.workingCopy = workingCopy;
        this.pipeline = pipeline;
        this.log = log;
    }

    Coordinates resolve(String module, CoordinateSettings settings) throws DeliveryException {
        Optional<Revision> revision = revision();
        List<DeliveryException> problems = new ArrayList<>();
        Optional<Place> place = place(problems, settings);
        Optional<Tags> tags = tags(problems, settings, revision);
        if (!problems.isEmpty()) {
            throw DeliveryException.ofAll(problems);
        }
        Coordinates coordinates = new Coordinates(
                place.orElseThrow().registry(),
                place.orElseThrow().region(),
                place.orElseThrow().repository(),
                tags.orElseThrow().sha(),
                tags.orElseThrow().version(),
                tags.orElseThrow().additional().tags(),
                settings.movingVersions(),
                revision);
        crossCheck(module, coordinates);
        log.resolved(module, coordinates);
        if (!tags.get().additional().leftOut().isEmpty()) {
            log.tagsLeftOut(module, tags.get().additional().leftOut(), coordinates);
        }
        return coordinates;
    }

    /**
     * Where images are, whatever they are called there.
     *
     * @param registry the registry; empty for the caller's own
     * @param region as for {@link Coordinates}
     * @param repository the repository in it
     */
    record Place(Resolved<Optional<EcrHost>> registry, Optional<String> region, Resolved<RepositoryName> repository) {}

    /** Decides which repository is meant; neither a commit nor a version is needed for that. */
    Place place(CoordinateSettings settings) throws DeliveryException {
        List<DeliveryException> problems = new ArrayList<>();
        Optional<Place> place = place(problems, settings);
        return place.orElseThrow(() -> DeliveryException.ofAll(problems));
    }

    /** Returns the place; empty where there is a problem with the registry or the repository. */
    private static Optional<Place> place(List<DeliveryException> problems, CoordinateSettings settings) {
        Optional<Resolved<Optional<EcrHost>>> registry = collect(problems, () -> registry(settings));
        Optional<Resolved<RepositoryName>> repository = collect(problems, () -> repository(settings));
        return registry.flatMap(host -> repository.map(name -> new Place(host, settings.region(), name)));
    }

    /** All tags of an image. */
    private record Tags(Resolved<Tag> sha, Resolved<Tag> version, AdditionalTags additional) {}

    /** Returns the tags; empty where there is a problem with one. */
    private Optional<Tags> tags(
            List<DeliveryException> problems, CoordinateSettings settings, Optional<Revision> revision) {
        Optional<Boolean> dirty = collect(problems, () -> revision.isPresent() && isDirty(settings, revision.get()));
        String suffix = dirty.orElse(false) ? Coordinates.DIRTY_SUFFIX : "";
        Optional<Resolved<Tag>> sha = collect(problems, () -> shaTag(settings, revision, suffix));
        Optional<Resolved<Tag>> version =
                collect(problems, () -> new VersionRule(settings, revision, pipeline).tag(suffix));
        Optional<List<TagTemplate>> templates =
                collect(problems, () -> AdditionalTags.templates(settings.additionalTags()));
        PullRequestRule rule = new PullRequestRule(settings.pullRequests(), pipeline);
        require(
                problems,
                () -> rule.require(sha.map(tag -> Coordinates.plain(tag.value())), revision.map(Revision::sha)));
        if (sha.isEmpty() || version.isEmpty() || templates.isEmpty()) {
            return Optional.empty();
        }
        List<Tag> others = List.of(sha.get().value(), version.get().value());
        Facts facts = facts(settings, revision, others);
        return collect(problems, () -> AdditionalTags.of(templates.get(), facts, suffix, others))
                .map(additional -> new Tags(sha.get(), version.get(), additional));
    }

    private Facts facts(CoordinateSettings settings, Optional<Revision> revision, List<Tag> shaAndVersion) {
        Tag version = shaAndVersion.get(1);
        return new Facts(
                Coordinates.plain(shaAndVersion.get(0)),
                Coordinates.plain(version),
                settings.movingVersions().stream().anyMatch(pattern -> pattern.matches(version.value())),
                pipeline.flatMap(Pipeline::branch).or(() -> revision.flatMap(Revision::branch)),
                revision.flatMap(Revision::committedAt));
    }

    private Optional<Revision> revision() throws DeliveryException {
        try {
            return workingCopy.revision();
        } catch (WorkingCopyException e) {
            throw DeliveryException.ofUser(
                    "The working copy cannot be read",
                    e,
                    "make \"git status\" work in this directory, for the user that runs the build");
        }
    }

    private static Resolved<Optional<EcrHost>> registry(CoordinateSettings settings) throws DeliveryException {
        if (settings.registry().isEmpty()) {
            return new Resolved<>(Optional.empty(), "the caller's own registry");
        }
        String host = settled("ecr.registry", settings.registry().get());
        try {
            return new Resolved<>(Optional.of(EcrHost.parse(host)), "ecr.registry");
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "ecr.registry is not the host of an ECR registry",
                    e,
                    "set ecr.registry to <account>.dkr.ecr.<region>.amazonaws.com without a scheme or path,"
                            + " to \"local\", or leave it out for your own registry");
        }
    }

    private static Resolved<RepositoryName> repository(CoordinateSettings settings) throws DeliveryException {
        String source = settings.name().isPresent() ? "ecr.name" : "artifactId";
        String name = settings.name().isPresent()
                ? settled("ecr.name", settings.name().get())
                : settings.artifactId().toLowerCase(Locale.ROOT);
        try {
            return new Resolved<>(RepositoryName.parse(name), source);
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "The " + source + " cannot be the name of a repository",
                    e,
                    "set ecr.name to the name of the repository in ECR");
        }
    }

    private static Resolved<Tag> shaTag(CoordinateSettings settings, Optional<Revision> revision, String suffix)
            throws DeliveryException {
        Resolved<String> sha = sha(settings, revision);
        if (!sha.value().matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            throw DeliveryException.ofUser(
                    "The revision is not a full commit id",
                    sha.source() + " is \"" + Texts.shown(sha.value()) + "\"; 40 or 64 lower-case hex digits expected",
                    "pass the full id, -Decr.sha=$(git rev-parse HEAD), or leave it out in a working copy");
        }
        return new Resolved<>(new Tag(sha.value() + suffix), sha.source());
    }

    private static Resolved<String> sha(CoordinateSettings settings, Optional<Revision> revision)
            throws DeliveryException {
        if (settings.sha().isPresent()) {
            return new Resolved<>(settled("ecr.sha", settings.sha().get()), "ecr.sha");
        }
        if (settings.commitProperty().isPresent()) {
            return new Resolved<>(settings.commitProperty().get(), "git.commit.id");
        }
        return revision.map(r -> new Resolved<>(r.sha(), "git HEAD"))
                .orElseThrow(() -> DeliveryException.ofUser(
                        "There is no revision to tag the image with",
                        "ecr.sha is not set, and the module is in no Git working copy with a commit",
                        "build in a clone of the repository, or pass -Decr.sha=<full commit id>"));
    }

    private static boolean isDirty(CoordinateSettings settings, Revision revision) throws DeliveryException {
        boolean suffix = settings.dirty() == CoordinateSettings.Dirty.SUFFIX;
        return switch (revision.cleanliness()) {
            case CLEAN -> false;
            case DIRTY -> {
                if (!suffix) {
                    throw DeliveryException.ofUser(
                            "The working copy differs from its commit, so the SHA tag would lie",
                            "git status lists " + String.join(", ", revision.changedPaths()),
                            "commit or ignore these paths, or pass -Decr.dirty=suffix to push under <sha>-dirty");
                }
                yield true;
            }
            case UNKNOWN -> {
                if (settings.sha().isEmpty() && !suffix) {
                    throw DeliveryException.ofUser(
                            "Whether the working copy is clean cannot be told",
                            "there is no git command on the PATH",
                            "install git, or pass -Decr.sha=<full commit id> if you know what is checked out");
                }
                yield suffix;
            }
        };
    }

    private void crossCheck(String module, Coordinates coordinates) {
        coordinates
                .revision()
                .map(Revision::sha)
                .filter(head -> !head.equals(coordinates.sha()))
                .ifPresent(head -> log.notCheckedOut(module, coordinates, head));
        pipeline.ifPresent(p -> p.commit()
                .filter(commit -> !commit.equals(coordinates.sha()))
                .ifPresent(commit -> log.commitDiffers(module, p, coordinates)));
    }

    /** Refuses a value in which Maven has left an expression standing. */
    static String settled(String property, String value) throws DeliveryException {
        if (value.contains("${")) {
            throw DeliveryException.ofUser(
                    property + " holds an expression that Maven could not resolve",
                    property + " is \"" + Texts.shown(value) + "\"",
                    "define the property that it names, in the POM's <properties> or with -D");
        }
        return value;
    }

    private interface Check {
        void run() throws DeliveryException;
    }

    private static void require(List<DeliveryException> problems, Check check) {
        try {
            check.run();
        } catch (DeliveryException e) {
            problems.add(e);
        }
    }

    private interface Step<T> {
        T run() throws DeliveryException;
    }

    private static <T> Optional<T> collect(List<DeliveryException> problems, Step<T> step) {
        try {
            return Optional.of(step.run());
        } catch (DeliveryException e) {
            problems.add(e);
            return Optional.empty();
        }
    }
}
