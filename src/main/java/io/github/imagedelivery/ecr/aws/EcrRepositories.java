package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The repositories of a registry through ECR's API. */
final class EcrRepositories implements Repositories {
    /** The most repositories that one {@code DescribeRepositories} may name. */
    private static final int BATCH = 100;

    private static final String ON_PUSH = "CREATE_ON_PUSH";
    private static final String ANY = "ROOT";

    private final RegistryCalls registry;

    EcrRepositories(RegistryCalls registry) {
        this.registry = registry;
    }

    /**
     * A template that repositories are created by.
     *
     * @param prefix of the repositories' names
     * @param onPush whether it applies to pushes
     */
    private record Template(String prefix, boolean onPush) {
        boolean isFor(RepositoryName repository) {
            return prefix.equals(ANY) || repository.value().startsWith(withoutSlash() + "/");
        }

        /** Of the templates whose prefix fits, ECR takes that with the longest one. */
        int nearness() {
            return prefix.equals(ANY) ? -1 : withoutSlash().length();
        }

        private String withoutSlash() {
            return prefix.replaceAll("/*$", "");
        }
    }

    RepositoryDescription describe(RepositoryName repository) throws AwsException {
        AwsCall call = registry.call("DescribeRepositories", repository);
        return find(repository, answer(call, List.of(repository)), call);
    }

    @Override
    public Map<RepositoryName, RepositoryDescription> describe(Collection<RepositoryName> repositories)
            throws AwsException {
        List<RepositoryName> distinct = List.copyOf(new LinkedHashSet<>(repositories));
        Map<RepositoryName, RepositoryDescription> found = new HashMap<>();
        for (int from = 0; from < distinct.size(); from += BATCH) {
            List<RepositoryName> batch = distinct.subList(from, Math.min(from + BATCH, distinct.size()));
            AwsCall call = registry.call("DescribeRepositories", batch);
            List<Answer> answer = answer(call, batch);
            for (RepositoryName repository : batch) {
                found.put(repository, find(repository, answer, call));
            }
        }
        return found;
    }

    private List<Answer> answer(AwsCall call, List<RepositoryName> repositories) throws AwsException {
        List<String> names = repositories.stream().map(RepositoryName::value).toList();
        return call.read(registry.parameters().with("repositoryNames", Json.texts(names)))
                .parts("repositories");
    }

    private static RepositoryDescription find(RepositoryName repository, List<Answer> answer, AwsCall call)
            throws AwsException {
        for (Answer described : answer) {
            if (described.text("repositoryName").equals(repository.value())) {
                return description(repository, described);
            }
        }
        throw call.strange("the answer does not describe \"" + repository + "\"");
    }

    private static RepositoryDescription description(RepositoryName repository, Answer described) throws AwsException {
        List<String> filters = new ArrayList<>();
        for (Answer filter : described.parts("imageTagMutabilityExclusionFilters")) {
            filters.add(filter.text("filter"));
        }
        String mutability = described.text("imageTagMutability");
        return new RepositoryDescription(
                repository,
                described.text("repositoryUri"),
                // An emulator that does not say has none that is immutable.
                mutability.isEmpty() ? "MUTABLE" : mutability,
                filters);
    }

    @Override
    public boolean isCreatedOnPush(RepositoryName repository) throws AwsException {
        List<Template> fitting = new ArrayList<>();
        String page = "";
        do {
            AwsCall call = registry.call("DescribeRepositoryCreationTemplates", List.of());
            // It can name no registry: what is answered is that of the caller's own.
            Answer answer =
                    call.read(page.isEmpty() ? Json.object() : Json.object().with("nextToken", Json.of(page)));
            if (registry.isOfAnother(answer.text("registryId"))) {
                return false;
            }
            for (Answer template : answer.parts("repositoryCreationTemplates")) {
                fitting.add(new Template(
                        template.text("prefix"), template.texts("appliedFor").contains(ON_PUSH)));
            }
            page = answer.text("nextToken");
        } while (!page.isEmpty());
        return fitting.stream()
                .filter(template -> template.isFor(repository))
                .max(Comparator.comparingInt(Template::nearness))
                .filter(Template::onPush)
                .isPresent();
    }

    @Override
    public void create(RepositoryName repository, NewRepository settings) throws AwsException {
        try {
            registry.call("CreateRepository", repository).write(request(repository, settings));
        } catch (AwsException e) {
            if (!e.code().equals("RepositoryAlreadyExistsException")) {
                throw e;
            }
        }
    }

    private Json request(RepositoryName repository, NewRepository settings) {
        Optional<Json> key = settings.encryption().key().map(Json::of);
        Json encryption = Json.object()
                .with("encryptionType", Json.of(settings.encryption().type()));
        Json request = registry.parameters(repository)
                .with("tags", tags(settings))
                .with(
                        "imageTagMutability",
                        Json.of(settings.moving().isEmpty() ? "IMMUTABLE" : "IMMUTABLE_WITH_EXCLUSION"))
                .with("imageScanningConfiguration", Json.object().with("scanOnPush", Json.of(settings.scanOnPush())))
                .with(
                        "encryptionConfiguration",
                        key.map(name -> encryption.with("kmsKey", name)).orElse(encryption));
        return settings.moving().isEmpty()
                ? request
                : request.with("imageTagMutabilityExclusionFilters", filters(settings));
    }

    private static Json filters(NewRepository settings) {
        return Json.array(settings.moving().stream()
                .map(pattern ->
                        Json.object().with("filterType", Json.of("WILDCARD")).with("filter", Json.of(pattern.text())))
                .toList());
    }

    private static Json tags(NewRepository settings) {
        return Json.array(settings.tags().entrySet().stream()
                .map(tag -> Json.object().with("Key", Json.of(tag.getKey())).with("Value", Json.of(tag.getValue())))
                .toList());
    }

    @Override
    public void beginUpload(RepositoryName repository) throws AwsException {
        registry.call("InitiateLayerUpload", repository).write(registry.parameters(repository));
    }
}
