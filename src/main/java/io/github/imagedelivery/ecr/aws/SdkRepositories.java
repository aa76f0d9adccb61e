package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
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

    private final SdkRegistry registry;

    SdkRepositories(SdkRegistry registry) {
        this.registry = registry;
    }

    RepositoryDescription describe(RepositoryName repository) throws AwsException {
        SdkCall call = registry.call("DescribeRepositories", repository);
        return find(repository, answer(call, List.of(repository)), call);
    }

    @Override
    public Map<RepositoryName, RepositoryDescription> describe(Collection<RepositoryName> repositories)
            throws AwsException {
        List<RepositoryName> distinct = List.copyOf(new LinkedHashSet<>(repositories));
        Map<RepositoryName, RepositoryDescription> found = new HashMap<>();
        for (int from = 0; from < distinct.size(); from += BATCH) {
            List<RepositoryName> batch = distinct.subList(from, Math.min(from + BATCH, distinct.size()));
            SdkCall call = registry.call("DescribeRepositories", batch);
            List<Repository> answer = answer(call, batch);
            for (RepositoryName repository : batch) {
                found.put(repository, find(repository, answer, call));
            }
        }
        return found;
    }

    private List<Repository> answer(SdkCall call, List<RepositoryName> repositories) throws AwsException {
        List<String> names = repositories.stream().map(RepositoryName::value).toList();
        DescribeRepositoriesResponse answer = call.run(rules -> registry.clients()
                .reads()
                .describeRepositories(request ->
                        request.registryId(registry.id()).repositoryNames(names).overrideConfiguration(rules)));
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
                SdkRegistry.text(found.repositoryUri()),
                // An emulator that does not say has none that is immutable.
                Optional.ofNullable(found.imageTagMutabilityAsString()).orElse("MUTABLE"),
                found.imageTagMutabilityExclusionFilters().stream()
                        .map(filter -> SdkRegistry.text(filter.filter()))
                        .toList());
    }

    @Override
    public boolean isCreatedOnPush(RepositoryName repository) throws AwsException {
        @Nullable String page = null;
        do {
            @Nullable String token = page;
            SdkCall call = registry.call("DescribeRepositoryCreationTemplates", List.of());
            DescribeRepositoryCreationTemplatesResponse answer = call.run(rules -> registry.clients()
                    .reads()
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
        String prefix = SdkRegistry.text(template.prefix());
        boolean named = prefix.equals(ANY) || repository.value().startsWith(prefix.replaceAll("/*$", "") + "/");
        return named && template.appliedForAsStrings().contains(ON_PUSH);
    }

    @Override
    public void create(RepositoryName repository, NewRepository settings) throws AwsException {
        CreateRepositoryRequest.Builder wanted = request(repository, settings);
        try {
            registry.call("CreateRepository", repository)
                    .run(rules -> registry.clients()
                            .writes()
                            .createRepository(
                                    wanted.overrideConfiguration(rules).build()));
        } catch (AwsException e) {
            if (!e.code().equals("RepositoryAlreadyExistsException")) {
                throw e;
            }
        }
    }

    private CreateRepositoryRequest.Builder request(RepositoryName repository, NewRepository settings) {
        List<ImageTagMutabilityExclusionFilter> filters = filters(settings);
        return CreateRepositoryRequest.builder()
                .registryId(registry.id())
                .repositoryName(repository.value())
                .imageTagMutability(
                        filters.isEmpty() ? ImageTagMutability.IMMUTABLE : ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                .imageTagMutabilityExclusionFilters(filters.isEmpty() ? null : filters)
                .imageScanningConfiguration(scan -> scan.scanOnPush(settings.scanOnPush()))
                .encryptionConfiguration(encryption -> encryption
                        .encryptionType(settings.encryption().type())
                        .kmsKey(settings.encryption().key().orElse(null)))
                .tags(tags(settings));
    }

    private static List<ImageTagMutabilityExclusionFilter> filters(NewRepository settings) {
        return settings.moving().stream()
                .map(pattern -> ImageTagMutabilityExclusionFilter.builder()
                        .filterType("WILDCARD")
                        .filter(pattern.text())
                        .build())
                .toList();
    }

    private static List<Tag> tags(NewRepository settings) {
        return settings.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    @Override
    public void beginUpload(RepositoryName repository) throws AwsException {
        registry.call("InitiateLayerUpload", repository)
                .run(rules -> registry.clients()
                        .writes()
                        .initiateLayerUpload(request -> request.registryId(registry.id())
                                .repositoryName(repository.value())
                                .overrideConfiguration(rules)));
    }
}
