package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.Inspection.Named;
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
    private static final String LOGIN = "login";

    private final Opening opening;
    private final Optional<EcrHost> registry;
    private final PutPace pace;
    private final List<Finding> findings = new ArrayList<>();

    /** Opens the registry. */
    interface Opening {
        Ecr open() throws AwsException;
    }

    /**
     * Creates an inspection.
     *
     * @param registry its host; empty for the caller's own
     * @param pace spreads writes over time
     */
    RegistryInspection(Opening opening, Optional<EcrHost> registry, PutPace pace) {
        this.opening = opening;
        this.registry = registry;
        this.pace = pace;
    }

    /** What ECR said when it was asked for the repositories: each is in one of the two. */
    private record Answers(
            Map<RepositoryName, RepositoryDescription> there, Map<RepositoryName, AwsException> refusals) {}

    /** Looks at the modules, whose images all go to this registry. */
    List<Finding> inspect(List<Named> modules, boolean probes) {
        Named first = modules.get(0);
        try {
            Ecr ecr = opening.open();
            ecr.login();
            findings.add(Finding.ok("", LOGIN, "ecr:GetAuthorizationToken is allowed"));
            Answers answers = describe(ecr, modules);
            RightsProbe rights = new RightsProbe(ecr, pace);
            for (Named module : modules) {
                inspect(module, ecr, answers, probes ? Optional.of(rights) : Optional.empty());
            }
        } catch (AwsException e) {
            findings.add(Finding.failed("", LOGIN, Explanations.ofPreflight(e, first.target())));
        }
        return findings;
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
            Map<Tag, Manifest> before = ecr.images(name, module.target().tags());
            findings.addAll(new TagInspection(module, repository, before).findings());
        } catch (AwsException e) {
            findings.add(Finding.failed(module.module(), "tags", Explanations.ofPreflight(e, module.target())));
            return;
        }
        rights.ifPresent(probe -> findings.addAll(probe.findings(module, repository)));
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
        if (module.candidate().creation().isPresent()) {
            return Finding.ok(module.module(), REPOSITORY, name + " is missing; ecr:push creates it");
        }
        if (Preflight.isCreatedOnPush(ecr, module.target().repository().value())) {
            return Finding.ok(
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
