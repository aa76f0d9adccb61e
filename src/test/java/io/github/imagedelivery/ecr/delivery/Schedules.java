package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Exploration.Life;
import io.github.imagedelivery.ecr.delivery.Exploration.State;
import io.github.imagedelivery.ecr.delivery.Exploration.Step;
import io.github.imagedelivery.ecr.delivery.Pusher.Job;
import io.github.imagedelivery.ecr.delivery.Pusher.Node;
import io.github.imagedelivery.ecr.delivery.RegistryModel.Applied;
import io.github.imagedelivery.ecr.delivery.RegistryModel.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs on a repository, everything that may happen to them, and what must hold all along. */
final class Schedules implements Exploration.Visitor {
    private final Rules rules;
    private final RegistryModel start;
    private final List<Pusher> pushers;
    private final List<Job> jobs;
    private final Set<Name> owned = new HashSet<>();
    private final Set<Job> brokenBefore;
    private final Set<Rerun> rerun = new HashSet<>();
    private final Findings findings;

    private record Rerun(RegistryModel registry, Pusher pusher) {}

    private Schedules(Rules rules, RegistryModel start, List<Pusher> pushers, Findings findings) {
        this.rules = rules;
        this.start = start;
        this.pushers = pushers;
        this.jobs = pushers.stream().map(Pusher::job).toList();
        this.jobs.forEach(job -> owned.addAll(job.names()));
        this.findings = findings;
        this.brokenBefore = withoutSha(start);
    }

    /** Explores everything with a number of faults, and adds what is found. */
    static void explore(Rules rules, RegistryModel start, List<Pusher> pushers, int faults, Findings findings) {
        Schedules schedules = new Schedules(rules, start, pushers, findings);
        Exploration exploration = new Exploration(rules, schedules);
        exploration.run(start, pushers, faults);
        findings.add(exploration);
    }

    private void breaks(Invariant invariant, Exploration exploration, State state, String last) {
        findings.breaks(invariant, () -> {
            List<String> way = new ArrayList<>();
            way.add("start " + start + ", pushers " + jobs + ", immutable " + rules.immutable() + ", "
                    + rules.deletion() + (rules.layersGo() ? ", layers go with the image" : ""));
            way.addAll(exploration.way(state));
            way.add(last);
            return way;
        });
    }

    /** Returns the jobs whose version is at their image while no SHA tag that belongs to it is. */
    private Set<Job> withoutSha(RegistryModel registry) {
        Set<Job> broken = new HashSet<>();
        for (Job job : jobs) {
            if (registry.pointsAt(job.version(), job.content()) && !hasSha(registry, job)) {
                broken.add(job);
            }
        }
        return broken;
    }

    private boolean hasSha(RegistryModel registry, Job job) {
        for (Job other : jobs) {
            if (other.version() == job.version()
                    && other.content() == job.content()
                    && registry.pointsAt(other.sha(), job.content())) {
                return true;
            }
        }
        return false;
    }

    /** An additional tag may be where another run that has it rightly puts it. */
    private boolean hasMore(RegistryModel registry, Job job) {
        return job.more().isEmpty()
                || jobs.stream()
                        .anyMatch(other -> other.more().equals(job.more())
                                && registry.pointsAt(job.more().get().name(), other.content()));
    }

    private static boolean isPublished(Job job, RegistryModel registry) {
        return job.names().stream().allMatch(name -> registry.pointsAt(name, job.content()));
    }

    @Override
    public void step(Exploration exploration, Step step) {
        RegistryModel now = step.to().registry();
        if (!now.equals(step.from().registry())) {
            Set<Job> broken = withoutSha(now);
            broken.removeAll(withoutSha(step.from().registry()));
            broken.removeAll(brokenBefore);
            if (!broken.isEmpty()) {
                breaks(Invariant.ORDER_ALWAYS, exploration, step.from(), step.toString());
            }
        }
        if (step.pusher() >= 0) {
            Optional<Result> end = step.to().lives().get(step.pusher()).node().end();
            Job job = jobs.get(step.pusher());
            if (end.filter(Result::isSuccess).isPresent() && !isPublished(job, now) && !isMovedOn(job, now)) {
                breaks(Invariant.SUCCESS_IS_TRUE, exploration, step.from(), step + ", reports " + end.get());
            }
        }
    }

    /** Another run has rightly moved the version or the additional tag, which may move, meanwhile. */
    private boolean isMovedOn(Job job, RegistryModel now) {
        return now.pointsAt(job.sha(), job.content())
                && hasMore(now, job)
                && jobs.stream()
                        .anyMatch(other ->
                                other.version() == job.version() && now.pointsAt(job.version(), other.content()));
    }

    @Override
    public void end(Exploration exploration, State end) {
        Set<Job> broken = withoutSha(end.registry());
        broken.removeAll(brokenBefore);
        if (!broken.isEmpty()) {
            breaks(Invariant.ORDER_AT_REST, exploration, end, "ends so");
        }
        for (int i = 0; i < jobs.size(); i++) {
            if (isSuccess(end.lives().get(i)) && !staysPublished(jobs.get(i), end)) {
                breaks(Invariant.SUCCESS_STAYS, exploration, end, "P" + (i + 1) + " has reported success");
            }
        }
        if (jobs.size() == 1) {
            endAlone(exploration, end);
        }
        if (Stream.of(Name.values()).anyMatch(name -> isLost(name, end.registry()))) {
            breaks(Invariant.NO_FOREIGN_LOSS, exploration, end, "ends so");
        }
        converge(exploration, end);
    }

    private static boolean isSuccess(Life life) {
        return life.node().end().filter(Result::isSuccess).isPresent();
    }

    private boolean staysPublished(Job job, State end) {
        boolean version = jobs.stream()
                .filter(other -> other.version() == job.version())
                .anyMatch(other -> end.registry().pointsAt(job.version(), other.content()));
        boolean sha = end.registry().pointsAt(job.sha(), job.content());
        for (int i = 0; i < jobs.size(); i++) {
            Job other = jobs.get(i);
            sha |= other.sha() == job.sha()
                    && end.registry().pointsAt(job.sha(), other.content())
                    && isSuccess(end.lives().get(i));
        }
        return version && sha && hasMore(end.registry(), job);
    }

    private void endAlone(Exploration exploration, State end) {
        Job job = jobs.get(0);
        RegistryModel now = end.registry();
        Optional<Result> result = end.lives().get(0).node().end();
        boolean cutOff = end.lives().get(0).health() != Exploration.Health.WELL;
        boolean same = owned.stream().allMatch(name -> now.at(name).equals(start.at(name)));
        boolean both = isPublished(job, now);
        boolean more = job.more().map(Pusher.More::name).stream()
                .allMatch(name ->
                        now.pointsAt(name, job.content()) || now.at(name).equals(start.at(name)));
        boolean noVersion = now.pointsAt(job.sha(), job.content())
                && more
                && now.at(job.version()).equals(start.at(job.version()));
        String reports = "reports " + result.map(Result::name).orElse("nothing");
        if (!same
                && result.filter(r -> r == Result.FAILED_CLEAN || r == Result.REFUSED)
                        .isPresent()) {
            breaks(Invariant.FAIL_IS_TRUE, exploration, end, reports);
        }
        if (!noVersion && result.filter(r -> r == Result.FAILED_LEFT_SHA).isPresent()) {
            breaks(Invariant.LEFT_IS_TRUE, exploration, end, reports);
        }
        if (!same && !both && !cutOff) {
            breaks(Invariant.ALL_OR_NOTHING, exploration, end, reports);
        }
        if (!same && !both && !noVersion) {
            breaks(Invariant.CRASH_PREFIX_ONLY, exploration, end, reports);
        }
    }

    private boolean isLost(Name name, RegistryModel now) {
        Optional<Content> was = start.at(name);
        Optional<Content> is = now.at(name);
        if (!owned.contains(name)) {
            return !is.equals(was);
        }
        boolean unknown = !is.equals(was)
                && jobs.stream().noneMatch(job -> job.names().contains(name) && is.equals(Optional.of(job.content())));
        boolean overwritten = was.isPresent()
                && !is.equals(was)
                && jobs.stream().anyMatch(job -> isWrittenOnce(name, job) && !was.equals(Optional.of(job.content())));
        return unknown || overwritten || (was.isPresent() && is.isEmpty());
    }

    private static boolean isWrittenOnce(Name name, Job job) {
        return job.sha() == name || job.more().equals(Optional.of(new Pusher.More(name, false)));
    }

    /** Each run once more, alone and undisturbed, with the late writes gone and with them landed. */
    private void converge(Exploration exploration, State end) {
        RegistryModel landed = end.registry();
        for (Operation write : end.late()) {
            landed = landed.apply(write, rules).after();
        }
        for (RegistryModel before :
                Set.of(end.registry()).contains(landed) ? List.of(end.registry()) : List.of(end.registry(), landed)) {
            for (Pusher pusher : pushers) {
                if (rerun.add(new Rerun(before, pusher)) && !converges(before, pusher)) {
                    breaks(Invariant.CONVERGES, exploration, end, "a run of " + pusher.job() + " from " + before);
                }
            }
        }
    }

    private boolean converges(RegistryModel before, Pusher pusher) {
        RegistryModel now = before;
        Node node = pusher.start();
        while (node.end().isEmpty()) {
            Applied applied = now.apply(node.next().orElseThrow(), rules);
            now = applied.after();
            node = node.after(applied.answer());
        }
        Job job = pusher.job();
        Optional<Content> content = Optional.of(job.content());
        boolean shaTaken =
                before.at(job.sha()).isPresent() && !before.at(job.sha()).equals(content);
        boolean versionTaken = before.at(job.version()).isPresent()
                && !before.at(job.version()).equals(content)
                && rules.immutable().contains(job.version());
        boolean moreTaken = job.more().stream()
                .filter(more -> !before.at(more.name()).equals(content)
                        && before.at(more.name()).isPresent())
                .anyMatch(more -> !more.moves() || rules.immutable().contains(more.name()));
        boolean unchanged = now.tags() == before.tags();
        return node.end().get().isSuccess()
                ? isPublished(job, now)
                : (shaTaken || versionTaken || moreTaken) && unchanged;
    }
}
