package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.Inspection.Named;
import io.github.imagedelivery.ecr.delivery.Preflight.Question;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks at one registry of ECR: who asks, the repositories of all modules, their tags, and what the role may do. */
final class RegistryInspection {
    private static final String REPOSITORY = "repository";
    private static final String IDENTITY = "identity";
    private static final String LOGIN = "login";

    private final EcrSource source;
    private final Place place;
    private final PutPace pace;
    private final Exchange.Listener listener;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Prospect> prospects = new ArrayList<>();

    /**
     * Where a registry is.
     *
     * @param host its host; empty for the caller's own
     * @param region region of the caller's own; empty for the one that is configured for the SDK
     */
    record Place(Optional<EcrHost> host, Optional<String> region) {}

    /**
     * Creates an inspection.
     *
     * @param pace spreads writes over time
     * @param listener is told of each request
     */
    RegistryInspection(EcrSource source, Place place, PutPace pace, Exchange.Listener listener) {
        this.source = source;
        this.place = place;
        this.pace = pace;
        this.listener = listener;
    }

    /** What ECR said when it was asked for the repositories: each is in one of the two. */
    private record Answers(
            Map<RepositoryName, RepositoryDescription> there, Map<RepositoryName, AwsException> refusals) {}

    /** Looks at the modules, whose images all go to this registry. */
    List<Finding> inspect(List<Named> modules, boolean probes) {
        Coordinates any = modules.get(0).target();
        String check = IDENTITY;
        try {
            source.caller(place.host(), place.region(), listener)
                    .map(caller -> Finding.ok("", IDENTITY, caller.arn() + ", " + account(caller)))
                    .ifPresent(findings::add);
            Ecr ecr = source.open(place.host(), place.region(), listener);
            check = LOGIN;
            ecr.login();
            findings.add(Finding.ok("", LOGIN, "ecr:GetAuthorizationToken is allowed"));
            Answers answers = describe(ecr, modules);
            RightsProbe rights = new RightsProbe(ecr, pace);
            for (Named module : modules) {
                inspect(module, ecr, answers, probes ? Optional.of(rights) : Optional.empty());
            }
        } catch (AwsException e) {
            findings.add(Finding.failed("", check, Explanations.ofPreflight(e, any)));
        }
        return findings;
    }

    private String account(Caller caller) {
        Optional<String> other =
                place.host().map(EcrHost::account).filter(account -> !account.equals(caller.account()));
        return "account " + caller.account()
                + other.map(account -> "; the registry is of account " + account
                                + ", where the policy of each repository must allow this identity")
                        .orElse("");
    }

    private void inspect(Named module, Ecr ecr, Answers answers, Optional<RightsProbe> rights) {
        RepositoryName name = module.target().repository().value();
        AwsException refusal = answers.refusals().get(name);
        if (refusal != null) {
            findings.add(missing(module, ecr, refusal));
            return;
        }
        RepositoryDescription repository =
                Objects.requireNonNull(answers.there().get(name));
        findings.add(Finding.ok(module.module(), REPOSITORY, repository.uri() + ", " + rules(repository)));
        try {
            Map<Tag, Manifest> found = Preflight.images(ecr, question(module));
            prospects.add(Prospect.of(module, found));
            Map<Tag, Manifest> before = new HashMap<>(found);
            before.keySet().retainAll(module.target().tags());
            findings.addAll(new TagInspection(module, repository, before).findings());
        } catch (AwsException e) {
            findings.add(Finding.failed(module.module(), "tags", Explanations.ofPreflight(e, module.target())));
            return;
        }
        rights.ifPresent(probe -> findings.addAll(probe.findings(module, repository)));
    }

    /** Images of earlier commits tell which layers are there already; they cost no further request. */
    private static Question question(Named module) {
        boolean takesLayers =
                module.candidate().takesLayers() && !module.candidate().isPrebuilt();
        return new Question(module.target(), takesLayers ? module.target().earlier() : List.of());
    }

    /** Returns the modules whose repository was found fit, as far as they have been looked at. */
    List<Prospect> prospects() {
        return List.copyOf(prospects);
    }

    private static String rules(RepositoryDescription repository) {
        String filters = String.join(", ", repository.exclusionFilters());
        return repository.mutability() + (filters.isEmpty() ? "" : " of " + filters);
    }

    private Finding missing(Named module, Ecr ecr, AwsException refusal) {
        String name = module.target().repository().value().value();
        DeliveryException explained = Explanations.ofPreflight(refusal, module.target());
        if (!refusal.code().equals(Preflight.NOT_FOUND)) {
            return Finding.failed(module.module(), REPOSITORY, explained);
        }
        if (source.createsMissing()) {
            return Finding.ok(module.module(), REPOSITORY, name + " is missing; the embedded ECR creates it");
        }
        if (module.candidate().creation().isPresent()) {
            return Finding.unknown(
                    module.module(),
                    REPOSITORY,
                    name + " is missing; ecr:push creates it, if ecr:CreateRepository is allowed");
        }
        if (Preflight.isCreatedOnPush(ecr, module.target().repository().value())) {
            return Finding.unknown(
                    module.module(), REPOSITORY, name + " is missing; a template of the registry creates it on push");
        }
        return Finding.failed(module.module(), REPOSITORY, explained);
    }

    /** Asks for all in one request; one by one where that is refused, since one refusal is then the answer for all. */
    private static Answers describe(Ecr ecr, List<Named> modules) {
        List<RepositoryName> names = modules.stream()
                .map(module -> module.target().repository().value())
                .distinct()
                .toList();
        Answers answers = new Answers(new HashMap<>(), new HashMap<>());
        try {
            answers.there().putAll(ecr.repositories().describe(names));
        } catch (AwsException e) {
            if (names.size() == 1) {
                answers.refusals().put(names.get(0), e);
            } else {
                names.forEach(name -> describe(ecr, name, answers));
            }
        }
        return answers;
    }

    private static void describe(Ecr ecr, RepositoryName name, Answers answers) {
        try {
            answers.there().put(name, ecr.describe(name));
        } catch (AwsException e) {
            answers.refusals().put(name, e);
        }
    }
}
