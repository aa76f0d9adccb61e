package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Pusher.Node;
import io.github.imagedelivery.ecr.delivery.RegistryModel.Applied;
import io.github.imagedelivery.ecr.delivery.RegistryModel.Rules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every interleaving of some pushers with a number of faults, breadth first, so that the way to a state is a shortest
 * one. Two ways that lead to the same state are gone on from once.
 */
final class Exploration {
    private final Rules rules;
    private final Visitor visitor;
    private final Map<State, Optional<Step>> seen = new HashMap<>();
    private final Deque<State> queue = new ArrayDeque<>();
    private int steps;
    private int ends;

    /** Is shown every step and every end. */
    interface Visitor {
        /** A step that may be taken; the way to its start is known. */
        void step(Exploration exploration, Step step);

        /** A state in which every run has ended or been killed. */
        void end(Exploration exploration, State end);
    }

    /** How a run is doing. */
    enum Health {
        WELL,
        /** Requests of this run are lost from now on. */
        CUT,
        /** Requests of this run cannot be sent from now on. */
        OFFLINE,
        KILLED
    }

    /** A run and how it is doing. */
    record Life(Node node, Health health) {
        boolean isOver() {
            return health == Health.KILLED || node.end().isPresent();
        }

        Life after(Answer answer) {
            return new Life(node.after(answer), health);
        }
    }

    /**
     * All there is at one moment.
     *
     * @param registry what the repository holds
     * @param late writes that got no answer and may land yet, or never
     * @param lives the runs
     * @param budget faults that may still happen
     */
    record State(RegistryModel registry, List<Operation> late, List<Life> lives, int budget) {
        boolean isOver() {
            for (Life life : lives) {
                if (!life.isOver()) {
                    return false;
                }
            }
            return true;
        }

        private State with(int pusher, Life life) {
            List<Life> changed = new ArrayList<>(lives);
            changed.set(pusher, life);
            return new State(registry, late, List.copyOf(changed), budget);
        }

        private State with(RegistryModel changed) {
            return new State(changed, late, lives, budget);
        }

        private State withLate(List<Operation> changed) {
            return new State(registry, changed, lives, budget);
        }

        private State afterFault() {
            return new State(registry, late, lives, budget - 1);
        }
    }

    /** What leads from one state to another. */
    record Step(
            State from,
            State to,
            int pusher,
            Object what,
            @Nullable Operation operation) {
        @Override
        public String toString() {
            return (pusher < 0 ? "" : "P" + (pusher + 1) + " ") + (operation == null ? "" : operation + ": ") + what
                    + " " + to.registry;
        }
    }

    Exploration(Rules rules, Visitor visitor) {
        this.rules = rules;
        this.visitor = visitor;
    }

    /** Explores everything that may follow. */
    void run(RegistryModel start, List<Pusher> pushers, int budget) {
        List<Life> lives = pushers.stream()
                .map(pusher -> new Life(pusher.start(), Health.WELL))
                .toList();
        State first = new State(start, List.of(), lives, budget);
        seen.put(first, Optional.empty());
        queue.add(first);
        while (!queue.isEmpty()) {
            State state = queue.remove();
            if (state.isOver()) {
                ends++;
                visitor.end(this, state);
            }
            for (Step step : steps(state)) {
                steps++;
                visitor.step(this, step);
                if (seen.putIfAbsent(step.to, Optional.of(step)) == null) {
                    queue.add(step.to);
                }
            }
        }
    }

    int states() {
        return seen.size();
    }

    int steps() {
        return steps;
    }

    int ends() {
        return ends;
    }

    /** Returns the steps to a state, the first one first. */
    List<String> way(State state) {
        List<String> way = new ArrayList<>();
        Optional<Step> step = seen.getOrDefault(state, Optional.empty());
        while (step.isPresent()) {
            way.add(step.get().toString());
            step = seen.getOrDefault(step.get().from, Optional.empty());
        }
        Collections.reverse(way);
        return way;
    }

    private List<Step> steps(State state) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < state.lives.size(); i++) {
            Life life = state.lives.get(i);
            if (!life.isOver()) {
                addSteps(state, i, life.node.next().orElseThrow(), steps);
            }
        }
        for (Operation write : new LinkedHashSet<>(state.late)) {
            List<Operation> rest = new ArrayList<>(state.late);
            rest.remove(write);
            State landed = state.withLate(List.copyOf(rest))
                    .with(state.registry.apply(write, rules).after());
            steps.add(new Step(state, landed, -1, "lands late", write));
        }
        if (state.budget > 0 && !state.isOver()) {
            addExpiries(state, steps);
        }
        return steps;
    }

    private static void addExpiries(State state, List<Step> steps) {
        for (Content content : Content.values()) {
            if (state.registry.has(content) && state.registry.tagsOf(content).isEmpty()) {
                State expired = state.with(state.registry.without(content)).afterFault();
                steps.add(new Step(state, expired, -1, "a lifecycle rule removes " + content, null));
            }
        }
    }

    private void addSteps(State state, int pusher, Operation operation, List<Step> steps) {
        Life life = state.lives.get(pusher);
        if (life.health == Health.WELL) {
            Applied applied = state.registry.apply(operation, rules);
            State answered = state.with(applied.after()).with(pusher, life.after(applied.answer()));
            steps.add(new Step(state, answered, pusher, applied.answer(), operation));
            if (state.budget > 0) {
                addFaults(state, pusher, operation, steps);
            }
        } else {
            Answer answer = life.health == Health.CUT ? Answer.LOST : Answer.NOT_SENT;
            steps.add(new Step(state, state.with(pusher, life.after(answer)), pusher, answer, operation));
        }
    }

    private void addFaults(State state, int pusher, Operation operation, List<Step> steps) {
        Life life = state.lives.get(pusher);
        State fault = state.afterFault();
        State lost = fault.with(pusher, life.after(Answer.LOST));
        State killed = fault.with(pusher, new Life(life.node, Health.KILLED));
        State cut = fault.with(pusher, new Life(life.node.after(Answer.LOST), Health.CUT));
        State offline = fault.with(pusher, new Life(life.node.after(Answer.NOT_SENT), Health.OFFLINE));
        steps.add(new Step(state, killed, pusher, "KILLED before", operation));
        steps.add(new Step(state, cut, pusher, "NETWORK GONE during", operation));
        steps.add(new Step(state, offline, pusher, "NETWORK GONE before", operation));
        steps.add(new Step(state, lost, pusher, "REQUEST LOST", operation));
        if (operation.writes()) {
            State refused = fault.with(pusher, life.after(Answer.REFUSED));
            State applied = lost.with(state.registry.apply(operation, rules).after());
            steps.add(new Step(state, refused, pusher, "REFUSED", operation));
            steps.add(new Step(state, applied, pusher, "ANSWER LOST", operation));
        }
        if (operation.changesTags()) {
            List<Operation> late = new ArrayList<>(state.late);
            late.add(operation);
            late.sort((a, b) -> a.toString().compareTo(b.toString()));
            steps.add(new Step(state, lost.withLate(List.copyOf(late)), pusher, "LATE OR NEVER", operation));
        }
    }
}
