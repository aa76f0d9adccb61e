package io.github.imagedelivery.ecr.setup;

import static io.github.imagedelivery.ecr.setup.Setups.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.ecr.EcrClient;

/** The policies against the grammar of IAM, and against what may be in them. */
class PoliciesTest {
    private static final String ARN = "arn:aws(?:-[a-z-]+)?:ecr:[a-z0-9-]+:[0-9]{12}:repository/[a-z0-9._/-]+\\*?";
    private static final String ROLE = "arn:aws(?:-[a-z-]+)?:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+";
    private static final String PROVIDER = "arn:aws(?:-[a-z-]+)?:iam::[0-9]{12}:oidc-provider/[a-z0-9./_-]+";

    private static final String SUBJECT = "(?:repo|project_path):[A-Za-z0-9@/_-]+:[A-Za-z0-9:/._-]+";

    /** The actions of ECR that no repository can be named for (service authorization reference). */
    private static final Set<String> WITHOUT_RESOURCE =
            Set.of("ecr:GetAuthorizationToken", "ecr:DescribeRepositoryCreationTemplates");

    /** Every operation of ECR's API, as IAM names it. */
    private static final Set<String> ACTIONS = Arrays.stream(EcrClient.class.getMethods())
            .filter(method -> Arrays.stream(method.getParameterTypes())
                    .anyMatch(type -> type.getSimpleName().endsWith("Request")))
            .map(Method::getName)
            .map(name -> "ecr:" + Character.toUpperCase(name.charAt(0)) + name.substring(1))
            .collect(Collectors.toUnmodifiableSet());

    @TestFactory
    Stream<DynamicTest> keepsToTheGrammarOfIam() throws Exception {
        return Setups.all().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> policies(entry.getValue()).forEach(PoliciesTest::checkPolicy)));
    }

    private static Map<String, Json> policies(Setup setup) throws FormatException {
        return SetupFiles.of(setup).stream()
                .filter(file -> file.path().endsWith(".json"))
                .collect(Collectors.toMap(SetupFile::path, file -> strictly(file.content())));
    }

    /** Reads with two parsers: the second one is not ours. */
    private static Json strictly(String text) {
        try {
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
            return Json.parse(text);
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    private static void checkPolicy(String path, Json policy) {
        assertThat(policy.members()).as(path).containsOnlyKeys("Version", "Statement");
        assertThat(policy.get("Version").text()).contains("2012-10-17");
        List<Json> statements = policy.get("Statement").items();
        assertThat(statements).as(path).isNotEmpty();
        List<String> sids = statements.stream()
                .flatMap(statement -> statement.get("Sid").text().stream())
                .toList();
        assertThat(sids).doesNotHaveDuplicates().allMatch(sid -> sid.matches("[A-Za-z0-9]+"));
        for (Json statement : statements) {
            assertThat(statement.get("Effect").text()).contains("Allow");
            if (path.endsWith("trust.json")) {
                checkTrust(statement);
            } else if (path.endsWith("repository-policy.json")) {
                checkRepositoryPolicy(statement);
            } else {
                checkIdentityPolicy(statement);
            }
        }
    }

    private static void checkTrust(Json statement) {
        assertThat(statement.members()).containsOnlyKeys("Effect", "Principal", "Action", "Condition");
        assertThat(statement.get("Action").text()).contains("sts:AssumeRoleWithWebIdentity");
        String provider = statement.get("Principal").get("Federated").text().orElseThrow();
        assertThat(provider).matches(PROVIDER);
        String issuer = provider.substring(provider.indexOf("oidc-provider/") + "oidc-provider/".length());
        assertThat(condition(statement, "StringEquals", issuer + ":aud")).hasSize(1);
        List<String> exact = condition(statement, "StringEquals", issuer + ":sub");
        List<String> patterns = condition(statement, "StringLike", issuer + ":sub");
        // Without a subject, or with a wildcard in any other place, others would be let in.
        assertThat(exact.size() + patterns.size()).isOne();
        assertThat(exact).allMatch(subject -> subject.matches(SUBJECT));
        assertThat(patterns).allMatch(subject -> subject.matches(SUBJECT + "(?<=tags/v|tag:ref:v)\\*"));
    }

    private static List<String> condition(Json statement, String operator, String key) {
        Json value = statement.get("Condition").get(operator).get(key);
        return value.text().isEmpty() && value.items().isEmpty() ? List.of() : texts(value);
    }

    private static void checkRepositoryPolicy(Json statement) {
        assertThat(statement.members()).containsOnlyKeys("Sid", "Effect", "Principal", "Action");
        assertThat(statement.get("Principal").get("AWS").text().orElseThrow()).matches(ROLE);
        assertThat(ACTIONS).containsAll(texts(statement.get("Action")));
        assertThat(texts(statement.get("Action"))).doesNotContainAnyElementsOf(WITHOUT_RESOURCE);
    }

    private static void checkIdentityPolicy(Json statement) {
        assertThat(statement.members()).containsOnlyKeys("Sid", "Effect", "Action", "Resource");
        List<String> actions = texts(statement.get("Action"));
        assertThat(ACTIONS).containsAll(actions);
        assertThat(actions).doesNotHaveDuplicates();
        if (WITHOUT_RESOURCE.containsAll(actions)) {
            assertThat(statement.get("Resource").text()).contains("*");
        } else {
            assertThat(actions).doesNotContainAnyElementsOf(WITHOUT_RESOURCE);
            assertThat(texts(statement.get("Resource"))).isNotEmpty().allMatch(arn -> arn.matches(ARN));
        }
    }

    @Test
    void knowsTheActionsOfTheSdk() {
        assertThat(ACTIONS).hasSizeGreaterThan(40).contains("ecr:PutImage", "ecr:GetAuthorizationToken");
    }

    @Test
    void trustsTheBranchAndReleaseTagsOfOneRepository() throws Exception {
        assertThat(subjects(Setups.gitHub("shop/orders")))
                .containsExactly("repo:OWNER/REPOSITORY:ref:refs/heads/main", "repo:OWNER/REPOSITORY:ref:refs/tags/v*");
    }

    @Test
    void trustsTheEnvironmentInPlaceOfBranchAndTag() throws Exception {
        assertThat(subjects(Setups.inEnvironment())).containsExactly("repo:OWNER/REPOSITORY:environment:production");
    }

    @Test
    void trustsImmutableSubjects() throws Exception {
        Setup setup = Setups.with(
                Setups.gitHub("shop/orders"), Job.of(Setups.source("github.com/OWNER@12/REPOSITORY@345"), 17));

        assertThat(subjects(setup)).first().isEqualTo("repo:OWNER@12/REPOSITORY@345:ref:refs/heads/main");
    }

    @Test
    void trustsTheProtectedNamesOfGitLab() throws Exception {
        assertThat(subjects(Setups.gitLab()))
                .containsExactly(
                        "project_path:GROUP/PROJECT:ref_type:branch:ref:main",
                        "project_path:GROUP/PROJECT:ref_type:tag:ref:v*");
    }

    @Test
    void comparesExactSubjectsExactly() throws Exception {
        assertThat(subjects(Setups.gitHub("shop/orders"), "StringEquals"))
                .containsExactly("repo:OWNER/REPOSITORY:ref:refs/heads/main");
        assertThat(subjects(Setups.inEnvironment(), "StringLike")).isEmpty();
    }

    private static List<String> subjects(Setup setup) throws FormatException {
        List<String> subjects = new ArrayList<>(subjects(setup, "StringEquals"));
        subjects.addAll(subjects(setup, "StringLike"));
        return subjects;
    }

    private static List<String> subjects(Setup setup, String operator) throws FormatException {
        return Setups.policy(setup, "trust").get("Statement").items().stream()
                .flatMap(statement ->
                        condition(statement, operator, setup.job().source().issuer() + ":sub").stream())
                .toList();
    }

    @Test
    void namesTheProviderOfEachHost() throws Exception {
        assertThat(List.of(
                        Setups.source("github.com/o/r").issuer(),
                        Setups.source("octo.ghe.com/o/r").issuer(),
                        Source.parse("git.example.com/o/r", Optional.of(Source.Kind.GITHUB))
                                .issuer(),
                        Setups.source("gitlab.example.com/g/p").issuer()))
                .containsExactly(
                        "token.actions.githubusercontent.com",
                        "token.actions.octo.ghe.com",
                        "git.example.com/_services/token",
                        "gitlab.example.com");
    }

    @Test
    void namesEachRepositoryAndNoOther() throws Exception {
        assertThat(resources(Setups.gitHub("shop/orders", "billing")))
                .containsExactly(
                        "arn:aws:ecr:eu-west-2:123456789012:repository/shop/orders",
                        "arn:aws:ecr:eu-west-2:123456789012:repository/billing");
    }

    @Test
    void namesThePatternInPlaceOfRepositories() throws Exception {
        assertThat(resources(Setups.withPattern()))
                .containsExactly("arn:aws:ecr:eu-west-2:123456789012:repository/shop/*");
    }

    private static List<String> resources(Setup setup) throws FormatException {
        return texts(Setups.policy(setup, "permissions")
                .get("Statement")
                .items()
                .get(1)
                .get("Resource"));
    }

    @Test
    void letsTheRoleOfAnotherAccountInButCreateNothing() throws Exception {
        Map<String, String> files = Setups.files(Setups.crossAccount());

        assertThat(files).containsKey("ecr-setup/repository-policy.json");
        assertThat(files).doesNotContainKey("ecr-setup/permissions-create.json");
        assertThat(files.get("ecr-setup/repository-policy.json"))
                .contains("arn:aws:iam::999999999999:role/ci/image-delivery");
        assertThat(files.get("ecr-setup/trust.json")).contains("arn:aws:iam::999999999999:oidc-provider/");
    }

    @Test
    void writesNoRepositoryPolicyWithinAnAccount() throws Exception {
        assertThat(Setups.files(Setups.gitHub("shop/orders"))).doesNotContainKey("ecr-setup/repository-policy.json");
    }

    @Test
    void readsTheBaseWhereItIsInEcr() throws Exception {
        assertThat(Setups.files(Setups.withBase()).get("ecr-setup/permissions-base.json"))
                .contains("arn:aws:ecr:eu-west-2:123456789012:repository/base/jre");
        assertThat(Setups.files(Setups.gitHub("shop/orders"))).doesNotContainKey("ecr-setup/permissions-base.json");
    }

    @Test
    void refusesMoreThanARoleCanHold() throws Exception {
        Setup many = many(60);

        assertThatThrownBy(() -> SetupFiles.of(many))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("characters, and a role holds 10240");
        assertThat(SetupFiles.of(many(25))).isNotEmpty();
        assertThat(SetupFiles.of(new Setup(many.target().within("shop/*"), many.job(), many.role(), List.of())))
                .isNotEmpty();
    }

    private static Setup many(int repositories) throws FormatException {
        List<RepositoryName> names = IntStream.range(0, repositories)
                .mapToObj(i -> new RepositoryName("shop/service-" + i))
                .toList();
        Setup one = Setups.gitHub("shop/orders");
        Destination target = new Destination(Setups.REGISTRY, names, Optional.empty(), Setups.SNAPSHOTS);
        return new Setup(target, one.job(), one.role(), List.of());
    }
}
