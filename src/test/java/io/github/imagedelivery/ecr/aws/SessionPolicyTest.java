package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionPolicyTest {
    private static final String REGISTRY = "arn:aws:ecr:eu-west-2:123456789012:repository/";

    private static List<SessionPolicy> candidates(List<String> written) {
        return SessionPolicy.candidates(written, List.of());
    }

    private static List<String> services(int count, String prefix) {
        return IntStream.range(0, count)
                .mapToObj(i -> REGISTRY + prefix + "service-number-" + i)
                .toList();
    }

    @Test
    void allowsPushingToTheRepositoriesAndPullingFromTheBases() throws Exception {
        SessionPolicy policy = SessionPolicy.candidates(List.of(REGISTRY + "orders"), List.of(REGISTRY + "base/jre"))
                .get(0);

        List<Json> statements = Json.parse(policy.json()).get("Statement").items();
        assertThat(statements).hasSize(3);
        assertThat(statements.get(0).get("Resource").toString()).isEqualTo("[\"*\"]");
        assertThat(statements.get(0).get("Action").toString())
                .contains("ecr:GetAuthorizationToken")
                .doesNotContain("ecr:Put");
        assertThat(statements.get(1).get("Resource").toString()).isEqualTo("[\"" + REGISTRY + "orders\"]");
        assertThat(statements.get(1).get("Action").toString()).contains("ecr:PutImage", "ecr:BatchDeleteImage");
        assertThat(statements.get(2).get("Resource").toString()).isEqualTo("[\"" + REGISTRY + "base/jre\"]");
        assertThat(statements.get(2).get("Action").toString())
                .contains("ecr:GetDownloadUrlForLayer")
                .doesNotContain("ecr:Put");
    }

    @Test
    void namesEachRepositoryWhereThereIsRoom() {
        SessionPolicy policy = candidates(services(8, "shop/")).get(0);

        assertThat(policy.scope()).isEqualTo("8 repositories");
        assertThat(policy.covers(REGISTRY + "shop/service-number-7", true)).isTrue();
        assertThat(policy.covers(REGISTRY + "shop/service-number-77", true)).isFalse();
    }

    @Test
    void fallsBackToWhatTheNamesBeginWith() {
        SessionPolicy policy = candidates(services(100, "shop/")).get(0);

        assertThat(policy.written()).containsExactly(REGISTRY + "shop/service-number-*");
        assertThat(policy.covers(REGISTRY + "shop/service-number-200", true)).isTrue();
        assertThat(policy.covers(REGISTRY + "shop/other", true)).isFalse();
        assertThat(policy.json()).hasSizeLessThanOrEqualTo(SessionPolicy.LONGEST);
    }

    @Test
    void fallsBackToTheRegistryWhereTheNamesHaveNothingInCommon() {
        List<String> names = IntStream.range(0, 100)
                .mapToObj(i -> REGISTRY + (char) ('a' + i % 26) + "-service-number-" + i)
                .toList();

        assertThat(candidates(names)).hasSize(1);
        assertThat(candidates(names).get(0).scope())
                .isEqualTo("all repositories of the registry of its 100 repositories");
        assertThat(candidates(names).get(0).written()).containsExactly(REGISTRY + "*");
        assertThat(candidates(names).get(0).covers("arn:aws:ecr:eu-west-1:123456789012:repository/a", true))
                .isFalse();
    }

    @Test
    void keepsRegistriesApart() {
        String other = "arn:aws:ecr:us-east-1:999999999999:repository/";
        List<SessionPolicy> policies = candidates(List.of(REGISTRY + "shop/a", REGISTRY + "shop/b", other + "shop/c"));

        assertThat(policies.get(1).written()).containsExactlyInAnyOrder(REGISTRY + "shop/*", other + "shop/*");
    }

    @Test
    void hasNoEmptyStatement() {
        assertThat(candidates(List.of()).get(0).json())
                .contains("ecr:GetAuthorizationToken")
                .doesNotContain("[]");
    }

    @Test
    void letsABaseBeReadButNotWritten() {
        SessionPolicy policy =
                SessionPolicy.candidates(List.of(), List.of(REGISTRY + "base")).get(0);

        assertThat(policy.covers(REGISTRY + "base", false)).isTrue();
        assertThat(policy.covers(REGISTRY + "base", true)).isFalse();
    }
}
