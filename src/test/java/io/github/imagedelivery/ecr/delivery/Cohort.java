package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Pusher.Job;
import io.github.imagedelivery.ecr.delivery.Pusher.More;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Runs that have in common what can be promised of them. */
enum Cohort {
    /** One run, from every start: each tag free, at the image or at another, and the image promoted or not. */
    ALONE("one run") {
        @Override
        List<List<Job>> races() {
            return List.of(List.of(FIRST));
        }

        @Override
        List<RegistryModel> starts(List<Job> race) {
            List<RegistryModel> starts = List.of(RegistryModel.EMPTY);
            starts = branched(starts, Name.SHA1, Content.D, Content.O);
            starts = branched(starts, Name.V1, Content.D, Content.O);
            return branched(starts, Name.PROD, Content.D);
        }
    },

    /** One run with an additional tag that may move, and with one that is written once. */
    ALONE_WITH_MORE("one run, one additional tag") {
        @Override
        List<List<Job>> races() {
            return List.of(List.of(FIRST.with(MOVING)), List.of(FIRST.with(ONCE)));
        }

        @Override
        List<Set<Name>> mutabilities() {
            return MORE_MUTABILITIES;
        }

        @Override
        List<RegistryModel> starts(List<Job> race) {
            List<RegistryModel> starts = List.of(RegistryModel.EMPTY);
            starts = branched(starts, Name.SHA1, Content.D);
            starts = branched(starts, Name.V1, Content.D, Content.O);
            starts = branched(starts, Name.MORE, Content.D, Content.O);
            return branched(starts, Name.PROD, Content.D);
        }
    },

    /** The same build twice, and two builds of one commit for two versions, with an additional tag that both have. */
    SAME_DIGEST_WITH_MORE("two runs, a SHA has one digest, one additional tag") {
        @Override
        List<List<Job>> races() {
            Job release = new Job(Name.SHA1, Name.V2, Content.D);
            return List.of(
                    List.of(FIRST.with(MOVING), FIRST.with(MOVING)),
                    List.of(FIRST.with(ONCE), release.with(ONCE)),
                    List.of(FIRST.with(MOVING), release));
        }

        @Override
        List<Set<Name>> mutabilities() {
            return MORE_MUTABILITIES;
        }

        @Override
        List<RegistryModel> starts(List<Job> race) {
            return List.of(
                    RegistryModel.EMPTY,
                    RegistryModel.EMPTY.with(Name.MORE, Content.O),
                    RegistryModel.EMPTY.with(Name.SHA1, Content.D).with(Name.MORE, Content.O));
        }
    },

    /** The same build twice; a merge and a release of one commit; two commits of one moving version. */
    SAME_DIGEST("two runs, a SHA has one digest") {
        @Override
        List<List<Job>> races() {
            return List.of(
                    List.of(FIRST, FIRST),
                    List.of(FIRST, new Job(Name.SHA1, Name.V2, Content.D)),
                    List.of(FIRST, new Job(Name.SHA2, Name.V1, Content.E)));
        }
    },

    /** Builds of one commit that differ, in a repository that lets no SHA tag move. */
    SHA_IMMUTABLE("two runs, a SHA has two digests, its tag is immutable") {
        @Override
        List<List<Job>> races() {
            return differing();
        }

        @Override
        boolean takes(Set<Name> immutable) {
            return immutable.contains(Name.SHA1);
        }
    },

    /** Builds of one commit that differ, in a repository that lets a SHA tag move. */
    SHA_MUTABLE("two runs, a SHA has two digests, its tag is mutable") {
        @Override
        List<List<Job>> races() {
            return differing();
        }

        @Override
        boolean takes(Set<Name> immutable) {
            return !immutable.contains(Name.SHA1);
        }
    };

    private static final Job FIRST = new Job(Name.SHA1, Name.V1, Content.D);
    private static final More MOVING = new More(Name.MORE, true);
    private static final More ONCE = new More(Name.MORE, false);
    private static final List<Set<Name>> MORE_MUTABILITIES =
            List.of(Set.of(), Set.of(Name.SHA1, Name.V1, Name.V2, Name.MORE));
    private static final List<Set<Name>> MUTABILITIES = List.of(
            Set.of(),
            Set.of(Name.SHA1, Name.SHA2, Name.V1, Name.V2),
            Set.of(Name.SHA1, Name.SHA2),
            Set.of(Name.V1, Name.V2));

    private final String title;

    Cohort(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Returns the runs that meet, each time one or two. */
    abstract List<List<Job>> races();

    /** Tells whether repositories of this mutability belong here. */
    boolean takes(Set<Name> immutable) {
        return true;
    }

    /** Returns the sets of tags that are immutable. */
    List<Set<Name>> mutabilities() {
        return MUTABILITIES.stream().filter(this::takes).toList();
    }

    /** Returns what a repository may hold when the runs begin. */
    List<RegistryModel> starts(List<Job> race) {
        Stream<RegistryModel> starts = Stream.of(
                RegistryModel.EMPTY,
                RegistryModel.EMPTY.with(Name.V1, Content.O),
                RegistryModel.EMPTY.with(Name.SHA1, Content.D));
        boolean hasSecond = race.stream().anyMatch(job -> job.version() == Name.V2);
        return Stream.concat(
                        starts, hasSecond ? Stream.of(RegistryModel.EMPTY.with(Name.V2, Content.O)) : Stream.empty())
                .toList();
    }

    private static List<List<Job>> differing() {
        return List.of(
                List.of(FIRST, new Job(Name.SHA1, Name.V1, Content.E)),
                List.of(FIRST, new Job(Name.SHA1, Name.V2, Content.E)));
    }

    private static List<RegistryModel> branched(List<RegistryModel> starts, Name name, Content... contents) {
        List<RegistryModel> branched = new ArrayList<>(starts);
        for (RegistryModel start : starts) {
            for (Content content : contents) {
                branched.add(start.with(name, content));
            }
        }
        return branched;
    }
}
