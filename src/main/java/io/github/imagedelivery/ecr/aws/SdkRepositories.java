package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoryCreationTemplatesResponse;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryCreationTemplate;
import software.amazon.awssdk.services.ecr.model.Tag;

/** The repositories of a registry through the AWS SDK. */
final class SdkRepositories implements Repositories {
    /** The most repositories that one {@code DescribeRepositories} may name. */
    private static final int BATCH = 100;

    private static final String ON_PUSH = "CREATE_ON_PUSH";
    private static final String ANY = "ROOT";

    private final SdkClients clients;
    private final Optional<EcrHost> registry;
    private final Exchange.Listener listener;

    /**
     * Creates the repositories of a registry.
     *
     * @param registry whose account is named in every call; empty for the caller's own
     */
    SdkRepositories(SdkClients clients, Optional<EcrHost> registry, Exchange.Listener listener) {
        this.clients = clients;
        this.registry = registry;
        this.listener = listener;
    }

    private SdkCall call(String operation, RepositoryName repository) {
        return call(operation, List.of(repository));
    }

    private SdkCall call(String operation, List<RepositoryName> repositories) {
        return clients.call(operation, repositories.stream().map(this::target).toList(), listener);
    }

    private SessionTarget target(RepositoryName repository) {
        return new SessionTarget(registry, repository, true);
    }

    private @Nullable String registryId() {
        return registry.map(EcrHost::account).orElse(null);
    }

    RepositoryDescription describe(RepositoryName repository) throws AwsException {
        SdkCall call = call("DescribeRepositories", repository);
        return find(repository, answer(call, List.of(repository)), call);
    }

    @Override
    public Map<RepositoryName, RepositoryDescription> describe(Collection<RepositoryName> repositories)
            throws AwsException {
        List<RepositoryName> distinct = List.copyOf(new LinkedHashSet<>(repositories));
        Map<RepositoryName, RepositoryDescription> found = new HashMap<>();
        for (int from = 0; from < distinct.size(); from += BATCH) {
            List<RepositoryName> batch = distinct.subList(from, Math.min(from + BATCH, distinct.size()));
            SdkCall call = call("DescribeRepositories", batch);
            List<Repository> answer = answer(call, batch);
            for (RepositoryName repository : batch) {
                found.put(repository, find(repository, answer, call));
            }
        }
        return found;
    }

    private List<Repository> answer(SdkCall call, List<RepositoryName> repositories) throws AwsException {
        List<String> names = repositories.stream().map(RepositoryName::value).toList();
        DescribeRepositoriesResponse answer = call.run(rules -> clients.reads()
                .describeRepositories(request ->
                        request.registryId(registryId()).repositoryNames(names).overrideConfiguration(rules)));
        return answer.repositories();
    }

    private static RepositoryDescription find(RepositoryName repository, List<Repository> answer, SdkCall call)
            throws AwsException {
        Repository found = answer.stream()
                .filter(described -> repository.value().equals(described.repositoryName()))
                .findFirst()
                .orElseThrow(() -> call.strange("the answer does not describe \"" + repository + "\""));
        return new RepositoryDescription(
                repository,
                text(found.repositoryUri()),
                // An emulator that does not say has none that is immutable.
                Optional.ofNullable(found.imageTagMutabilityAsString()).orElse("MUTABLE"),
                found.imageTagMutabilityExclusionFilters().stream()
                        .map(filter -> text(filter.filter()))
                        .toList());
    }

    @Override
    public boolean isCreatedOnPush(RepositoryName repository) throws AwsException {
        @Nullable String page = null;
        do {
            @Nullable String token = page;
            SdkCall call = clients.call("DescribeRepositoryCreationTemplates", List.of(), listener);
            DescribeRepositoryCreationTemplatesResponse answer = call.run(rules -> clients.reads()
                    .describeRepositoryCreationTemplates(
                            request -> request.nextToken(token).overrideConfiguration(rules)));
            if (answer.repositoryCreationTemplates().stream().anyMatch(template -> isFor(template, repository))) {
                return true;
            }
            page = answer.nextToken();
        } while (page != null);
        return false;
    }

    private static boolean isFor(RepositoryCreationTemplate template, RepositoryName repository) {
        String prefix = text(template.prefix());
        boolean named = prefix.equals(ANY) || repository.value().startsWith(prefix.replaceAll("/*$", "") + "/");
        return named && template.appliedForAsStrings().contains(ON_PUSH);
    }

    @Override
    public void create(RepositoryName repository, NewRepository settings) throws AwsException {
        List<ImageTagMutabilityExclusionFilter> filters = settings.moving().stream()
                .map(pattern -> ImageTagMutabilityExclusionFilter.builder()
                        .filterType("WILDCARD")
                        .filter(pattern.text())
                        .build())
                .toList();
        List<Tag> tags = settings.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        try {
            call("CreateRepository", repository)
                    .run(rules -> clients.writes()
                            .createRepository(request -> request.registryId(registryId())
                                    .repositoryName(repository.value())
                                    .imageTagMutability(
                                            filters.isEmpty()
                                                    ? ImageTagMutability.IMMUTABLE
                                                    : ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                                    .imageTagMutabilityExclusionFilters(filters.isEmpty() ? null : filters)
                                    .imageScanningConfiguration(scan -> scan.scanOnPush(settings.scanOnPush()))
                                    .encryptionConfiguration(encryption -> encryption
                                            .encryptionType(
                                                    settings.encryption().type())
                                            .kmsKey(settings.encryption().key().orElse(null)))
                                    .tags(tags)
                                    .overrideConfiguration(rules)));
        } catch (AwsException e) {
            if (!e.code().equals("RepositoryAlreadyExistsException")) {
                throw e;
            }
        }
    }

    @Override
    public void beginUpload(RepositoryName repository) throws AwsException {
        call("InitiateLayerUpload", repository)
                .run(rules -> clients.writes()
                        .initiateLayerUpload(request -> request.registryId(registryId())
                                .repositoryName(repository.value())
                                .overrideConfiguration(rules)));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
