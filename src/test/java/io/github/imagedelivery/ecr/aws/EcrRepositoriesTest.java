package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.NewRepository.Encryption;
import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcrRepositoriesTest {
    private final EcrFixture fixture = EcrFixture.open();
    private final Repositories repositories = fixture.ecr.repositories();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Reply described(List<RepositoryName> names) {
        List<Json> items = names.stream()
                .map(name -> Json.object().with("repositoryName", Json.of(name.value())))
                .toList();
        return Reply.ok(Json.object().with("repositories", Json.array(items)).toString());
    }

    @Test
    void describesAHundredRepositoriesInARequest() throws Exception {
        List<RepositoryName> names = IntStream.range(0, 101)
                .mapToObj(i -> new RepositoryName("service-" + i))
                .toList();
        fixture.server.on("DescribeRepositories", described(names));

        assertThat(repositories.describe(names)).containsOnlyKeys(names);

        assertThat(fixture.server.requests())
                .extracting(
                        request -> request.body().get("repositoryNames").items().size())
                .containsExactly(100, 1);
    }

    @Test
    void createsARepositoryAsItIsToBe() throws Exception {
        fixture.server.on("CreateRepository", Reply.ok("{}"));

        repositories.create(
                ORDERS,
                new NewRepository(
                        List.of(new TagPattern("*-SNAPSHOT"), new TagPattern("main")),
                        true,
                        new Encryption("KMS", Optional.of("alias/shop")),
                        Map.of("team", "shop")));

        assertThat(fixture.server.onlyRequest().body())
                .isEqualTo(Json.parse("""
                {"registryId":"123456789012","repositoryName":"shop/orders",\
                "tags":[{"Key":"team","Value":"shop"}],\
                "imageTagMutability":"IMMUTABLE_WITH_EXCLUSION",\
                "imageTagMutabilityExclusionFilters":[\
                {"filterType":"WILDCARD","filter":"*-SNAPSHOT"},{"filterType":"WILDCARD","filter":"main"}],\
                "imageScanningConfiguration":{"scanOnPush":true},\
                "encryptionConfiguration":{"encryptionType":"KMS","kmsKey":"alias/shop"}}""".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void isContentWithARepositoryThatAnotherBuildHasJustCreated() throws Exception {
        fixture.server.on("CreateRepository", Reply.error("RepositoryAlreadyExistsException", "it exists"));

        repositories.create(
                ORDERS, new NewRepository(List.of(), false, new Encryption("AES256", Optional.empty()), Map.of()));

        assertThat(fixture.server.onlyRequest().body().get("imageTagMutability").text())
                .hasValue("IMMUTABLE");
    }

    @Test
    void findsTheTemplateOfAPrefixOnALaterPage() throws Exception {
        fixture.server.on(
                "DescribeRepositoryCreationTemplates",
                Reply.ok(
                        "{'nextToken':'2','repositoryCreationTemplates':"
                                + "[{'prefix':'ROOT','appliedFor':['REPLICATION']},{'prefix':'sho','appliedFor':['CREATE_ON_PUSH']}]}"),
                Reply.ok("{'repositoryCreationTemplates':[{'prefix':'shop','appliedFor':['CREATE_ON_PUSH']}]}"));

        assertThat(repositories.isCreatedOnPush(ORDERS)).isTrue();
    }

    @Test
    void findsNoTemplateForAnotherPurposeOrPrefix() throws Exception {
        fixture.server.on(
                "DescribeRepositoryCreationTemplates",
                Reply.ok(
                        "{'repositoryCreationTemplates':"
                                + "[{'prefix':'ROOT','appliedFor':['REPLICATION']},{'prefix':'sho','appliedFor':['CREATE_ON_PUSH']}]}"));

        assertThat(repositories.isCreatedOnPush(ORDERS)).isFalse();
    }

    @Test
    void takesTheTemplateOfTheLongestPrefix() throws Exception {
        fixture.server.on(
                "DescribeRepositoryCreationTemplates",
                Reply.ok(
                        "{'registryId':'000000000000','repositoryCreationTemplates':"
                                + "[{'prefix':'ROOT','appliedFor':['CREATE_ON_PUSH']},{'prefix':'shop','appliedFor':['REPLICATION']}]}"));

        assertThat(repositories.isCreatedOnPush(ORDERS)).isFalse();
    }

    @Test
    void doesNotTakeTheTemplatesOfTheCallerForThoseOfAnotherRegistry() throws Exception {
        fixture.server.on(
                "DescribeRepositoryCreationTemplates",
                Reply.ok("{'registryId':'999999999999','repositoryCreationTemplates':"
                        + "[{'prefix':'ROOT','appliedFor':['CREATE_ON_PUSH']}]}"));

        assertThat(repositories.isCreatedOnPush(ORDERS)).isFalse();
    }

    @Test
    void tellsThatAnUploadIsDenied() {
        fixture.server.on("InitiateLayerUpload", Reply.error("AccessDeniedException", "not authorized"));

        assertThatThrownBy(() -> repositories.beginUpload(ORDERS))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("AccessDeniedException"));
    }
}
