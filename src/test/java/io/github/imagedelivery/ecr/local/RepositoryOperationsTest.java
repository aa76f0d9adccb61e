package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryOperationsTest {
    private LocalEcr ecr;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        ecr = LocalEcr.builder()
                .clock(Clock.fixed(Instant.parse("2026-11-23T12:00:00.250Z"), ZoneOffset.UTC))
                .start();
        client = new Client(ecr);
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
    }

    @Test
    void describesARepositoryThatItCreated() throws Exception {
        client.api("CreateRepository", named("team/orders"));

        Json described = Client.json(client.api("DescribeRepositories", Json.object()))
                .get("repositories")
                .items()
                .get(0);

        assertThat(described.get("repositoryUri").text()).contains(ecr.registryHost() + "/team/orders");
        assertThat(described.get("repositoryArn").text())
                .contains("arn:aws:ecr:eu-central-1:123456789012:repository/team/orders");
        assertThat(described.get("imageTagMutability").text()).contains("MUTABLE");
    }

    @Test
    void writesTimesAsSecondsWithAFraction() throws Exception {
        assertThat(client.api("CreateRepository", named("orders")).body()).contains("\"createdAt\":1.79543520025E9");
    }

    @Test
    void describesTheExclusionFilters() throws Exception {
        ecr.createRepository("orders", TagMutability.IMMUTABLE_WITH_EXCLUSION, "latest*");

        assertThat(client.api("DescribeRepositories", Json.object()).body())
                .contains("IMMUTABLE_WITH_EXCLUSION", "[{\"filterType\":\"WILDCARD\",\"filter\":\"latest*\"}]");
    }

    @Test
    void failsTheWholeCallForOneMissingName() throws Exception {
        ecr.createRepository("orders");

        HttpResponse<String> response = client.api(
                "DescribeRepositories", Json.object().with("repositoryNames", Json.texts(List.of("orders", "carts"))));

        assertThat(Client.error(response))
                .isEqualTo("400 RepositoryNotFoundException: The repository with name 'carts' does not exist"
                        + " in the registry with id '123456789012'");
    }

    @Test
    void refusesToCreateARepositoryTwice() throws Exception {
        ecr.createRepository("orders");

        assertThat(Client.error(client.api("CreateRepository", named("orders"))))
                .isEqualTo("400 RepositoryAlreadyExistsException: The repository with name 'orders' already exists"
                        + " in the registry with id '123456789012'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Orders", "a//b", "../etc", "orders/blobs", "orders/index.json"})
    void refusesAnIllegalName(String name) throws Exception {
        assertThat(Client.error(client.api("CreateRepository", named(name))))
                .startsWith("400 InvalidParameterException: Invalid parameter at 'repositoryName'");
        assertThat(ecr.repositories()).isEmpty();
    }

    @Test
    void refusesFiltersWithoutAMutabilityThatHasExclusions() throws Exception {
        Json filter = Json.object().with("filterType", Json.of("WILDCARD")).with("filter", Json.of("latest"));

        HttpResponse<String> response = client.api(
                "CreateRepository",
                named("orders").with("imageTagMutabilityExclusionFilters", Json.array(List.of(filter))));

        assertThat(Client.error(response)).contains("'imageTagMutabilityExclusionFilters'");
    }

    @Test
    void tellsOfATemplateWhereAPushCreatesItsRepository() throws Exception {
        assertThat(Client.json(client.api("DescribeRepositoryCreationTemplates", Json.object()))
                        .get("repositoryCreationTemplates")
                        .items())
                .isEmpty();
        try (LocalEcr creating = LocalEcr.builder().createOnPush(true).start()) {
            assertThat(new Client(creating)
                            .api("DescribeRepositoryCreationTemplates", Json.object())
                            .body())
                    .contains("\"appliedFor\":[\"CREATE_ON_PUSH\"]");
        }
    }

    @Test
    void pagesThroughTheRepositories() throws Exception {
        for (String name : List.of("r1", "r2", "r3")) {
            ecr.createRepository(name);
        }
        Json two = Json.object().with("maxResults", Json.of(2));

        Json first = Client.json(client.api("DescribeRepositories", two));
        Json second = Client.json(client.api("DescribeRepositories", two.with("nextToken", first.get("nextToken"))));

        assertThat(first.get("repositories").items()).hasSize(2);
        assertThat(second.get("repositories").items()).hasSize(1);
        assertThat(second.get("nextToken").isMissing()).isTrue();
    }

    @Test
    void givesOutALoginForItsOwnEndpoint() throws Exception {
        Json data = Client.json(client.api("GetAuthorizationToken", Json.object()))
                .get("authorizationData")
                .items()
                .get(0);

        assertThat(data.get("proxyEndpoint").text()).contains(ecr.endpoint().toString());
        assertThat(data.toString()).contains("\"expiresAt\":1.79547840025E9");
    }

    @Test
    void doesNotKnowOtherOperations() throws Exception {
        assertThat(Client.error(client.api("DeleteRepository", named("orders"))))
                .startsWith("400 UnknownOperationException");
    }

    @Test
    void refusesAnUnsignedRequest() throws Exception {
        HttpResponse<String> response =
                client.send(client.api("DescribeRepositories").POST(BodyPublishers.ofString("{}")));

        assertThat(Client.error(response))
                .isEqualTo("400 MissingAuthenticationTokenException: Missing Authentication Token");
    }

    @ParameterizedTest
    @CsvSource({
        "/eu-central-1/ecr/, /us-east-1/ecr/, InvalidSignatureException",
        "/ecr/, /s3/, InvalidSignatureException",
        "host;, '', InvalidSignatureException",
        "20261123, 20261122, InvalidSignatureException",
        "Signature=0, Signature=x, IncompleteSignatureException",
        "AKIATEST, ASIATEST, UnrecognizedClientException"
    })
    void refusesAMalformedSignature(String part, String flaw, String code) throws Exception {
        HttpResponse<String> response = client.send(client.api("DescribeRepositories")
                .header("Authorization", Client.signature("ecr").replace(part, flaw))
                .header("X-Amz-Date", "20261123T120000Z")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(Client.error(response)).startsWith("400 " + code);
    }

    @Test
    void refusesABodyThatIsNoJson() throws Exception {
        HttpResponse<String> response = client.send(client.api("DescribeRepositories")
                .header("Authorization", Client.signature("ecr"))
                .header("X-Amz-Date", "20261123T120000Z")
                .POST(BodyPublishers.ofString("{")));

        assertThat(Client.error(response)).startsWith("400 SerializationException");
    }

    private static Json named(String repository) {
        return Json.object().with("repositoryName", Json.of(repository));
    }
}
