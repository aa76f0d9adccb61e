package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.delivery.Pusher.Job;
import io.github.imagedelivery.ecr.delivery.RegistryModel.Rules;
import io.github.imagedelivery.ecr.local.PairDeletion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is explored.
 *
 * @param cohort the runs
 * @param faults how many faults may happen
 * @param deletion what the repository deletes when it is given a tag with its digest
 * @param undo whether the runs take back what they have written
 * @param mutation the rule that is taken out
 */
record Question(Cohort cohort, int faults, PairDeletion deletion, UndoRule undo, Mutation mutation) {
    private static final Map<Question, Findings> ANSWERED = new ConcurrentHashMap<>();

    static Question of(Cohort cohort, int faults) {
        return new Question(cohort, faults, PairDeletion.UNTIES_TAG, UndoRule.AUTO, Mutation.NONE);
    }

    Question with(PairDeletion other) {
        return new Question(cohort, faults, other, undo, mutation);
    }

    Question forwardOnly() {
        return new Question(cohort, faults, deletion, UndoRule.NEVER, mutation);
    }

    Question without(Mutation rule) {
        return new Question(cohort, faults, deletion, undo, rule);
    }

    /** Explores it, once. */
    Findings answer() {
        return ANSWERED.computeIfAbsent(this, Question::explore);
    }

    private Findings explore() {
        Findings findings = new Findings();
        for (Set<Name> immutable : cohort.mutabilities()) {
            for (List<Job> race : cohort.races()) {
                List<Pusher> pushers = race.stream()
                        .map(job -> new Pusher(job, immutable, mutation, undo))
                        .toList();
                for (RegistryModel start : cohort.starts(race)) {
                    Schedules.explore(new Rules(immutable, deletion, true), start, pushers, faults, findings);
                    if (faults < 2) {
                        Schedules.explore(new Rules(immutable, deletion, false), start, pushers, faults, findings);
                    }
                }
            }
        }
        return findings;
    }
}
