package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code DescribeRepositories}, {@code CreateRepository} and {@code DescribeRepositoryCreationTemplates}. */
final class RepositoryOperations {
    private static final Pattern FILTER = Pattern.compile("[0-9a-zA-Z._*-]{1,128}");
    private static final int MOST_FILTERS = 5;

    private final Settings settings;
    private final Repositories repositories;

    RepositoryOperations(Settings settings, Repositories repositories) {
        this.settings = settings;
        this.repositories = repositories;
    }

    void addTo(Map<String, EcrApi.Operation> operations) {
        operations.put("DescribeRepositories", this::describe);
        operations.put("CreateRepository", this::create);
        operations.put("DescribeRepositoryCreationTemplates", this::templates);
    }

    private Json describe(EcrApi.Request request) throws Refusal {
        Parameters parameters = request.parameters();
        List<RepositoryState> found = new ArrayList<>();
        if (parameters.has("repositoryNames")) {
            for (Json name : parameters.batch("repositoryNames")) {
                found.add(named(parameters, name.text().orElse("")));
            }
        } else {
            found.addAll(repositories.all());
        }
        return parameters.page("repositories", found, repository -> written(repository, request));
    }

    private RepositoryState named(Parameters parameters, String name) throws Refusal {
        String registry = parameters.optional("registryId").orElse(settings.account());
        if (!registry.equals(settings.account())) {
            throw Refusal.repositoryNotFound(name, registry);
        }
        return repositories.get(name);
    }

    private Json create(EcrApi.Request request) throws Refusal, IOException {
        Parameters parameters = request.parameters();
        Snapshot.Rules rules = rules(parameters);
        RepositoryState created = repositories.create(parameters.text("repositoryName"), rules);
        return Json.object().with("repository", written(created, request));
    }

    /** Where a push creates its repository, that is because of one template for all. */
    private Json templates(EcrApi.Request request) throws Refusal {
        Json template = Json.object()
                .with("prefix", Json.of("ROOT"))
                .with("imageTagMutability", Json.of(TagMutability.MUTABLE.name()))
                .with("appliedFor", Json.texts(List.of("CREATE_ON_PUSH")));
        return request.parameters()
                .page(
                        "repositoryCreationTemplates",
                        settings.createOnPush() ? List.of(template) : List.of(),
                        Function.identity());
    }

    private static Snapshot.Rules rules(Parameters parameters) throws Refusal {
        String mutability = parameters.optional("imageTagMutability").orElse(TagMutability.MUTABLE.name());
        List<String> filters = parameters.json().get("imageTagMutabilityExclusionFilters").items().stream()
                .map(filter -> filter.get("filter").text().orElse(""))
                .toList();
        try {
            return checked(new Snapshot.Rules(TagMutability.valueOf(mutability), filters));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidParameter(
                    "imageTagMutability", "Member must satisfy enum value set: " + List.of(TagMutability.values()));
        }
    }

    /** Refuses filters that the service would not take. */
    static Snapshot.Rules checked(Snapshot.Rules rules) throws Refusal {
        boolean wellFormed = rules.filters().size() <= MOST_FILTERS
                && rules.filters().stream()
                        .allMatch(filter -> FILTER.matcher(filter).matches())
                && rules.filters().isEmpty() != rules.mutability().hasExclusions();
        if (!wellFormed) {
            throw Refusal.invalidParameter(
                    "imageTagMutabilityExclusionFilters",
                    "1 to " + MOST_FILTERS + " filters of " + FILTER + " with a mutability that has exclusions");
        }
        return rules;
    }

    private Json written(RepositoryState repository, EcrApi.Request request) {
        Json json = Json.object()
                .with("repositoryArn", Json.of(settings.repositoryArn(repository.name())))
                .with("registryId", Json.of(settings.account()))
                .with("repositoryName", Json.of(repository.name()))
                .with("repositoryUri", Json.of(request.registryHost() + "/" + repository.name()))
                .with("createdAt", EcrApi.time(repository.createdAt()))
                .with(
                        "imageTagMutability",
                        Json.of(repository.rules().mutability().name()))
                .with("imageScanningConfiguration", Json.object().with("scanOnPush", Json.of(false)))
                .with("encryptionConfiguration", Json.object().with("encryptionType", Json.of("AES256")));
        List<Json> filters = repository.rules().filters().stream()
                .map(filter ->
                        Json.object().with("filterType", Json.of("WILDCARD")).with("filter", Json.of(filter)))
                .toList();
        return filters.isEmpty() ? json : json.with("imageTagMutabilityExclusionFilters", Json.array(filters));
    }
}
