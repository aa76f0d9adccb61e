package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.delivery.RegistryInspection.Place;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Looks, before anything is compiled, at all that a push of the modules would be refused for. Changes nothing: what it
 * tries out to learn whether it is allowed leaves no trace.
 */
public final class Inspection {
    private static final String NAME = "name and tags";
    private static final String BASE = "base image";
    private static final String LOCK = "lock file";

    private final CoordinateResolver coordinates;
    private final Workshop workshop;
    private final Surroundings surroundings;
    private final DeliveryLog log;
    private final List<Prospect> prospects = new ArrayList<>();

    /** Creates an inspection. */
    public Inspection(Workshop workshop, Surroundings surroundings, DeliveryLog log) {
        this.coordinates = new CoordinateResolver(surroundings.workingCopy(), surroundings.pipeline(), log);
        this.workshop = workshop;
        this.surroundings = surroundings;
        this.log = log;
    }

    /** A module and what its image is to be called. */
    record Named(Candidate candidate, Coordinates target) {
        String module() {
            return candidate.name();
        }
    }

    /**
     * Looks at all modules, in as few requests as there can be.
     *
     * @param probes whether rights are tried out that ECR does not tell otherwise
     * @param listener is told of each request
     */
    public InspectionReport inspect(List<Candidate> candidates, boolean probes, Exchange.Listener listener) {
        long start = System.nanoTime();
        Traffic traffic = new Traffic(listener);
        List<Finding> findings = findings(candidates, probes, traffic);
        return new InspectionReport(
                findings, traffic.requests(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    /**
     * Begins with what the pushes of modules will need that were found fit: layers of their bases are brought into
     * their repositories. Nothing that fails is told of but to the log.
     *
     * @param pushed the modules of which this build is to push an image; others are left alone
     * @param threads does it; what it does not come to is left to the pushes
     * @param listener is told of each request
     */
    public void begin(Collection<Candidate> pushed, Executor threads, Exchange.Listener listener) {
        List<Prospect> fit = prospects.stream()
                .filter(prospect -> pushed.contains(prospect.named().candidate()))
                .toList();
        new HeadStart(workshop, surroundings, log, listener).begin(fit, threads);
    }

    private List<Finding> findings(List<Candidate> candidates, boolean probes, Exchange.Listener listener) {
        List<Finding> findings = new ArrayList<>();
        Map<Place, List<Named>> places = new LinkedHashMap<>();
        Claims claims = new Claims();
        for (Candidate candidate : candidates) {
            Optional<Named> named = name(candidate, claims, findings);
            named.ifPresent(found -> places.computeIfAbsent(place(found), key -> new ArrayList<>())
                    .add(found));
        }
        places.values().stream()
                .flatMap(List::stream)
                .findFirst()
                .ifPresent(any -> findings.addAll(build(any.target())));
        places.forEach((place, modules) -> {
            RegistryInspection registry = new RegistryInspection(workshop.ecrs(), place, surroundings.pace(), listener);
            findings.addAll(registry.inspect(modules, probes));
            prospects.addAll(registry.prospects());
        });
        lockFile().ifPresent(findings::add);
        places.values().forEach(modules -> bases(modules, findings, listener));
        return findings;
    }

    /** What holds for all modules; they would not have a name if it were refused. */
    private List<Finding> build(Coordinates any) {
        String copy = any.revision()
                .map(revision -> switch (revision.cleanliness()) {
                    case CLEAN -> "clean";
                    case DIRTY -> "differs from its commit, as ecr.dirty allows: the tags end in -dirty";
                    case UNKNOWN -> "not looked at, since there is no git command; ecr.sha is taken as it is";
                })
                .orElse("there is none; ecr.sha is taken as it is");
        String pipeline = surroundings
                .pipeline()
                .filter(Pipeline::pullRequest)
                .map(run -> run.name() + " builds one, and ecr.allowPullRequest allows to publish it")
                .orElse("this build is for none");
        return List.of(Finding.ok("", "working copy", copy), Finding.ok("", "pull request", pipeline));
    }

    private static Place place(Named named) {
        return new Place(named.target().registry().value(), named.target().region());
    }

    private Optional<Named> name(Candidate candidate, Claims claims, List<Finding> findings) {
        if (!candidate.isApplication()) {
            findings.add(Finding.unknown(
                    candidate.name(), NAME, "not checked: a library, as it seems, since no source has a main method"));
            return Optional.empty();
        }
        if (!candidate.unsettled().isEmpty()) {
            findings.add(Finding.unknown(
                    candidate.name(),
                    NAME,
                    "not checked: " + String.join(", ", candidate.unsettled())
                            + " is set by another plugin, later in the build"));
            return Optional.empty();
        }
        try {
            Coordinates target = coordinates.resolve(candidate.name(), candidate.coordinates());
            findings.add(claims.claim(candidate.name(), target)
                    .map(rival -> Finding.warning(candidate.name(), NAME, rival.problem(), rival.remedy()))
                    .orElseGet(() -> Finding.ok(candidate.name(), NAME, names(target))));
            return Optional.of(new Named(candidate, target));
        } catch (DeliveryException e) {
            findings.add(Finding.failed(candidate.name(), NAME, e));
            return Optional.empty();
        }
    }

    private static String names(Coordinates target) {
        StringBuilder names = new StringBuilder(target.repository().value() + ": "
                + target.shaTag().value() + " (" + target.shaTag().source() + "), "
                + target.versionTag().value() + " (" + target.versionTag().source() + ")");
        target.additional()
                .forEach(other -> names.append(", ")
                        .append(other.tag())
                        .append(" (")
                        .append(other.template())
                        .append(")"));
        return names.toString();
    }

    /** A build that locks nothing hears nothing of it. */
    private Optional<Finding> lockFile() {
        try {
            return workshop.bases()
                    .lockFile()
                    .map(file -> Finding.ok(
                            "",
                            LOCK,
                            "the digests of these base images count: "
                                    + String.join(", ", file.bases().keySet())));
        } catch (DeliveryException e) {
            return Optional.of(Finding.failed("", LOCK, e));
        }
    }

    /** Each base image is resolved once, for all modules that are built on it. */
    private void bases(List<Named> modules, List<Finding> findings, Exchange.Listener listener) {
        for (Named module : modules) {
            if (module.candidate().isPrebuilt()) {
                findings.add(Finding.ok(module.module(), BASE, "none: the image of ecr.image is pushed as it is"));
                continue;
            }
            findings.add(module.candidate()
                    .base()
                    .map(base -> base(module.candidate(), base, listener))
                    .map(finding -> findings.stream().anyMatch(finding::isToldBy) ? unread(module) : finding)
                    .orElseGet(() -> Finding.unknown(
                            module.module(),
                            BASE,
                            "it follows from the Java release that the module is compiled for")));
        }
    }

    private static Finding unread(Named module) {
        return Finding.unknown(module.module(), BASE, "not read, for what is said of the build as a whole");
    }

    private Finding base(Candidate candidate, String base, Exchange.Listener listener) {
        try {
            PlatformBases found = PlatformBases.find(workshop.bases(), base, candidate.platforms(), listener);
            String platforms = PlatformBases.named(found.first().platforms());
            for (PlatformBases.OnPlatform each : found.bases()) {
                workshop.bases().requireJava(candidate.name(), candidate.javaRelease(), each.source());
            }
            return Finding.ok(
                    candidate.name(),
                    BASE,
                    found.first().told(found.pinned()) + " for " + PlatformBases.named(candidate.platforms())
                            + (platforms.isEmpty() ? "" : "; its index names " + platforms));
        } catch (DeliveryException e) {
            return Finding.failed(candidate.name(), BASE, e);
        }
    }
}
