package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.SupersededRule;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of the production code, from the reading of both tags over the staging to the end of publishing, as a tree:
 * what it does next follows from the answers that it has had so far. Each node is found once, by running the code again
 * from its start on these answers.
 */
final class Pusher {
    private static final Pause AT_ONCE = millis -> {};
    private static final RepositoryName REPOSITORY = new RepositoryName("orders");
    /** Far more requests than one run may need; a run that asks for more does not end. */
    private static final int MANY = 60;

    private final Job job;
    private final RepositoryDescription repository;
    private final Mutation mutation;
    private final PublishPolicy policy;
    private final Coordinates target;
    private final Node start;

    /**
     * What a run is to publish.
     *
     * @param sha its SHA tag
     * @param more its additional tag
     * @param version its version tag, which may move where the repository lets it
     * @param content the image
     */
    record Job(Name sha, Optional<More> more, Name version, Content content) {
        Job(Name sha, Name version, Content content) {
            this(sha, Optional.empty(), version, content);
        }

        /** Returns the same with an additional tag. */
        Job with(More additional) {
            return new Job(sha, Optional.of(additional), version, content);
        }

        List<Name> names() {
            List<Name> names = new ArrayList<>(List.of(sha, version));
            more.ifPresent(additional -> names.add(additional.name()));
            return names;
        }

        List<AdditionalTag> additional() {
            return more.stream()
                    .map(tag -> new AdditionalTag(tag.name().tag(), "", tag.moves()))
                    .toList();
        }

        @Override
        public String toString() {
            return sha + more.map(tag -> "," + tag).orElse("") + "," + version + "->" + content;
        }
    }

    /**
     * An additional tag.
     *
     * @param moves whether it may be pointed at another image, where the repository lets it
     */
    record More(Name name, boolean moves) {
        @Override
        public String toString() {
            return name + (moves ? "" : " (once)");
        }
    }

    Pusher(Job job, Set<Name> immutable, Mutation mutation, UndoRule undo) {
        this.policy = new PublishPolicy(undo, SupersededRule.FAIL);
        this.job = job;
        this.mutation = mutation;
        this.repository = new RepositoryDescription(
                REPOSITORY,
                "registry/orders",
                "IMMUTABLE_WITH_EXCLUSION",
                job.names().stream()
                        .filter(name -> !immutable.contains(name))
                        .map(name -> name.tag().value())
                        .toList());
        this.target = new Coordinates(
                new Resolved<>(Optional.empty(), ""),
                Optional.empty(),
                new Resolved<>(REPOSITORY, ""),
                new Resolved<>(job.sha().tag(), ""),
                new Resolved<>(job.version().tag(), ""),
                job.additional(),
                CoordinateSettings.SNAPSHOTS,
                Optional.empty());
        this.start = new Node(null, null);
    }

    Job job() {
        return job;
    }

    Node start() {
        return start;
    }

    /** A point of the run: either it asks for something next, or it has ended. */
    final class Node {
        private final @Nullable Node parent;
        private final @Nullable Answer answer;
        private final Optional<Operation> next;
        private final Optional<Result> end;
        private final Map<Answer, Node> after = new HashMap<>();

        private Node(@Nullable Node parent, @Nullable Answer answer) {
            this.parent = parent;
            this.answer = answer;
            Operation asked = null;
            Result ended = null;
            try {
                ended = run(new ScriptedStore(script()));
            } catch (ScriptedStore.ScriptEnd e) {
                asked = e.next();
            }
            this.next = Optional.ofNullable(asked);
            this.end = Optional.ofNullable(ended);
        }

        private List<Answer> script() {
            Deque<Answer> script = new ArrayDeque<>();
            for (Node node = this; node != null && node.answer != null; node = node.parent) {
                script.push(node.answer);
            }
            if (script.size() > MANY) {
                throw new AssertionError("a run that does not end: " + script);
            }
            return List.copyOf(script);
        }

        /** Returns what the run asks for; empty at its end. */
        Optional<Operation> next() {
            return next;
        }

        /** Returns how the run ended; empty before. */
        Optional<Result> end() {
            return end;
        }

        Node after(Answer given) {
            Node known = after.get(given);
            if (known == null) {
                known = new Node(this, given);
                after.put(given, known);
            }
            return known;
        }
    }

    private Result run(ScriptedStore store) {
        TagStore tags = mutation.of(store, job);
        try {
            Access access = new Access(repository, tags.read(target.tags()), store, tags);
            Manifest manifest = job.content().manifest();
            TagPlan plan = mutation.of(TagPlan.of(manifest, target, access));
            boolean isNew = !plan.isUnchanged()
                    && new Stager(store, Optional.empty(), new SharedBlobs().at(repository), AT_ONCE)
                            .stage(ImageSet.of(job.content().image()), held(), Progress.Work.UNSEEN)
                            .isNew();
            StagedImage image = new StagedImage(target, access, plan, details(isNew));
            return new Publisher(AT_ONCE, new RecordingLog())
                    .publish(List.of(image), PhaseListener.UNTOLD)
                    .get(0)
                    .result();
        } catch (AwsException | RegistryException | DeliveryException e) {
            return Result.REFUSED;
        }
    }

    /** All blobs are there, so that nothing is brought: no schedule depends on it. */
    private Set<Digest> held() {
        FakeImage image = job.content().image();
        Set<Digest> held = new HashSet<>(Set.of(image.config().descriptor().digest()));
        image.layers().forEach(layer -> held.add(layer.blob().descriptor().digest()));
        return held;
    }

    private StagedImage.Details details(boolean isNew) {
        return new StagedImage.Details(
                "orders",
                Path.of(""),
                policy,
                isNew,
                Json.object(),
                new Timings(Timeline.begun(), Progress.Work.UNSEEN),
                new Traffic(exchange -> {}));
    }
}
