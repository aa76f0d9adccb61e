package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks ECR, before anything is built, whether the image can be published at all: in one request where no tag is to move;
 * in two otherwise, the second of which serves all modules of a build.
 */
final class Preflight {
    static final String NOT_FOUND = "RepositoryNotFoundException";

    private final EcrSource source;
    private final RepositoryDescriptions descriptions;
    private final EcrStore.Shared shared;
    private final DeliveryLog log;

    Preflight(Workshop workshop, Surroundings surroundings, DeliveryLog log) {
        this.source = workshop.ecrs();
        this.descriptions = surroundings.descriptions();
        this.shared = new EcrStore.Shared(workshop.registries(), surroundings.pace());
        this.log = log;
    }

    /**
     * What is asked of a repository.
     *
     * @param target the tags that are to be written
     * @param earlier further tags, those of earlier commits, the nearest first
     */
    record Question(Coordinates target, List<Tag> earlier) {}

    /**
     * Reads the repository and all tags.
     *
     * @param creation how the repository is to be created where it is missing; empty to refuse that
     */
    Access open(Question question, Optional<NewRepository> creation, Exchange.Listener listener)
            throws DeliveryException {
        Coordinates target = question.target();
        try {
            Ecr ecr = source.open(target.registry().value(), target.region(), listener);
            try {
                return access(ecr, question, listener);
            } catch (AwsException e) {
                RepositoryName name = target.repository().value();
                if (e.code().equals(NOT_FOUND) && (source.create(name) || create(ecr, name, creation))) {
                    return access(ecr, question, listener);
                }
                throw e;
            }
        } catch (AwsException e) {
            throw Explanations.ofPreflight(e, target);
        }
    }

    private Access access(Ecr ecr, Question question, Exchange.Listener listener)
            throws AwsException, DeliveryException {
        Coordinates target = question.target();
        Map<Tag, Manifest> found = images(ecr, question);
        Map<Tag, Manifest> before = new HashMap<>(found);
        before.keySet().retainAll(target.tags());
        RepositoryDescription repository = repository(ecr, target, before);
        TagPlan.requireOneImage(target, repository, before);
        List<Manifest> earlier = question.earlier().stream()
                .flatMap(tag -> Optional.ofNullable(found.get(tag)).stream())
                .toList();
        EcrStore store = new EcrStore(ecr, repository, shared, listener);
        return new Access(repository, before, earlier, store, store);
    }

    /** Reads all tags; where that cannot be because of one of another commit, those that are to be written alone. */
    static Map<Tag, Manifest> images(Ecr ecr, Question question) throws AwsException {
        Coordinates target = question.target();
        RepositoryName repository = target.repository().value();
        Set<Tag> asked = new LinkedHashSet<>(target.tags());
        asked.addAll(question.earlier());
        try {
            return ecr.images(repository, asked);
        } catch (AwsException e) {
            if (!e.isOfAnAnswer() || question.earlier().isEmpty()) {
                throw e;
            }
            return ecr.images(repository, target.tags());
        }
    }

    /**
     * Does the same without creating a repository that is missing.
     *
     * @return what a push would find; nothing has changed
     */
    Outlook look(Question question, Optional<NewRepository> creation, Exchange.Listener listener)
            throws DeliveryException {
        Coordinates target = question.target();
        try {
            Ecr ecr = source.open(target.registry().value(), target.region(), listener);
            RepositoryName name = target.repository().value();
            try {
                return new Outlook(access(ecr, question, listener), Optional.empty());
            } catch (AwsException e) {
                Optional<String> creator = e.code().equals(NOT_FOUND) ? creator(ecr, name, creation) : Optional.empty();
                if (creator.isEmpty()) {
                    throw e;
                }
                RepositoryDescription planned = unread(ecr, name);
                EcrStore store = new EcrStore(ecr, planned, shared, listener);
                return new Outlook(new Access(planned, Map.of(), store, store), creator);
            }
        } catch (AwsException e) {
            throw Explanations.ofPreflight(e, target);
        }
    }

    /**
     * A repository as it is, or as a push would make it.
     *
     * @param creator what would create it; empty where it is there
     */
    record Outlook(Access access, Optional<String> creator) {}

    private Optional<String> creator(Ecr ecr, RepositoryName name, Optional<NewRepository> creation) {
        if (source.createsMissing()) {
            return Optional.of("the embedded ECR");
        }
        if (creation.isPresent()) {
            return Optional.of("ecr.createRepository");
        }
        return isCreatedOnPush(ecr, name) ? Optional.of("a template of the registry") : Optional.empty();
    }

    /** Returns a repository of which ECR is not asked: its rules are left out, since no tag is moved. */
    static RepositoryDescription unread(Ecr ecr, RepositoryName name) throws AwsException {
        return new RepositoryDescription(name, ecr.host() + "/" + name, "", List.of());
    }

    /** Returns the repository; its rules are asked for where they may decide what becomes of a tag. */
    private RepositoryDescription repository(Ecr ecr, Coordinates target, Map<Tag, Manifest> before)
            throws AwsException {
        RepositoryDescription unread = unread(ecr, target.repository().value());
        return TagPlan.mayMoveAny(target, before) ? unread.withRulesOf(descriptions.of(ecr, target, source)) : unread;
    }

    /** Returns the access that an image was staged with; asks nothing. */
    Access reopen(StagedFile staged, Exchange.Listener listener) throws DeliveryException {
        Coordinates target = staged.coordinates();
        try {
            Ecr ecr = source.open(target.registry().value(), target.region(), listener);
            EcrStore store = new EcrStore(ecr, staged.repository(), shared, listener);
            return new Access(staged.repository(), staged.before(), store, store);
        } catch (AwsException e) {
            throw Explanations.of("Nothing was tagged: ECR cannot be used", e, target);
        }
    }

    private boolean create(Ecr ecr, RepositoryName name, Optional<NewRepository> creation) throws AwsException {
        if (creation.isPresent()) {
            ecr.repositories().create(name, creation.get());
            log.repositoryCreated(name);
            return true;
        }
        if (!isCreatedOnPush(ecr, name)) {
            return false;
        }
        ecr.repositories().beginUpload(name);
        return true;
    }

    /** Also false where that may not be asked: what ECR has said of the repository then stands. */
    static boolean isCreatedOnPush(Ecr ecr, RepositoryName name) {
        try {
            return ecr.repositories().isCreatedOnPush(name);
        } catch (AwsException e) {
            return false;
        }
    }
}
