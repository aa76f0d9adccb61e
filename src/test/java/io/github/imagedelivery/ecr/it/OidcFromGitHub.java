package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Jobs of GitHub Actions that have no key: one that is trusted, one that may not ask for a token, one that is not trusted;
 * and roles that read bases, for them and for who has a key.
 */
public final class OidcFromGitHub {
    private static final String ROLE = "-Decr.roleArn=arn:aws:iam::" + Scenario.ACCOUNT + ":role/delivery";

    private static final String BASE_ROLE = "-Decr.base.roleArn=arn:aws:iam::" + Scenario.ACCOUNT + ":role/base-images";
    private static final String BASE = "-Decr.from=" + Scenario.REGISTRY + "/base/jre:17";

    private final File project;
    private final File localRepository;

    private OidcFromGitHub(File project, File localRepository) {
        this.project = project;
        this.localRepository = localRepository;
    }

    /** Called by {@code verify.groovy}. */
    public static void verify(File project, File localRepository) throws Exception {
        Git.init(project);
        OidcFromGitHub test = new OidcFromGitHub(project, localRepository);
        test.pushesWithoutAnyKey();
        test.readsTheBaseByARoleOfItsOwn();
        test.readsTheBaseByARoleThatAKeyMayAssume();
        test.saysWhichLinesOfYamlAreMissing();
        test.printsTheStatementThatTheTrustPolicyLacks();
    }

    private void pushesWithoutAnyKey() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Checkout checkout = Checkout.of(project, localRepository, "trusted");
            ecr.clearRequests();
            String log = log(checkout, ecr, 0, variables(ecr));
            String sha = checkout.git().head();
            assertThat(ecr.tags("orders")).containsOnlyKeys(sha, "1.4.0");
            assertThat(log)
                    .contains("AWS: arn:aws:sts::" + Scenario.ACCOUNT + ":assumed-role/delivery/" + sha.substring(0, 12)
                            + "-42 by the identity token of GitHub Actions")
                    .contains("for 2 repositories")
                    .containsPattern("orders push rights +ok")
                    .containsPattern("orders undo rights +ok");
            assertThat(log.lines().filter(line -> line.contains("eyJ")))
                    .as("lines with an identity token")
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("::add-mask::"));
            assertThat(requests(ecr))
                    .containsOnlyOnce("GET /token", "sts:AssumeRoleWithWebIdentity", "ecr:GetAuthorizationToken")
                    .doesNotContain("sts:GetCallerIdentity");
            assertThat(checkout.result()).isEqualTo("PUBLISHED");
        }
    }

    private void readsTheBaseByARoleOfItsOwn() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Checkout checkout = Checkout.of(project, localRepository, "base");
            ecr.clearRequests();
            String log = log(checkout, ecr, 0, variables(ecr), BASE_ROLE, BASE);
            assertThat(log)
                    .containsOnlyOnce("assumed-role/delivery/")
                    .containsOnlyOnce("assumed-role/base-images/")
                    .contains("for 1 repository");
            assertThat(requests(ecr).stream().filter(kind -> kind.startsWith("sts:")))
                    .containsExactly("sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithWebIdentity");
            assertThat(checkout.result()).isEqualTo("PUBLISHED");
        }
    }

    private void readsTheBaseByARoleThatAKeyMayAssume() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Checkout checkout = Checkout.of(project, localRepository, "key");
            ecr.clearRequests();
            try (MavenBuild build = checkout.deploy(ecr, BASE_ROLE, BASE)) {
                assertThat(build.await()).as("exit code of:\n%s", build.log()).isZero();
                assertThat(build.log())
                        .contains("AWS: credentials from environment variables (AWS_ACCESS_KEY_ID)")
                        .containsOnlyOnce("assumed-role/base-images/")
                        .contains(" by credentials from environment variables (AWS_ACCESS_KEY_ID), until ");
            }
            assertThat(requests(ecr)).containsOnlyOnce("sts:AssumeRole");
            checkout.isClean(ecr);
        }
    }

    private void saysWhichLinesOfYamlAreMissing() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Map<String, String> variables = variables(ecr);
            variables.keySet().removeIf(name -> name.startsWith("ACTIONS_"));
            ecr.clearRequests();
            String log = log(Checkout.of(project, localRepository, "permission"), ecr, 1, variables);
            assertThat(log)
                    .contains("nothing was built or sent")
                    .contains("permissions:")
                    .contains("id-token: write");
            assertThat(requests(ecr)).isEmpty();
        }
    }

    private void printsTheStatementThatTheTrustPolicyLacks() throws Exception {
        try (LocalEcr ecr = Scenario.registry("repo:local/app:environment:production")) {
            ecr.clearRequests();
            String log = log(Checkout.of(project, localRepository, "trust"), ecr, 1, variables(ecr));
            assertThat(log)
                    .contains("the check of the identity has failed; nothing was built or sent")
                    .contains("sts:AssumeRoleWithWebIdentity: AccessDenied: Not authorized to perform")
                    .contains("identity token: subject repo:local/app:ref:refs/heads/main")
                    .containsPattern(
                            "\n\\[ERROR] +\"token.actions.githubusercontent.com:sub\": \"repo:local/app:ref:refs/heads/main\"");
            assertThat(requests(ecr)).containsExactly("GET /token", "sts:AssumeRoleWithWebIdentity");
        }
    }

    private static Map<String, String> variables(LocalEcr ecr) {
        Map<String, String> variables = new HashMap<>(ecr.environment(CiJob.GITHUB));
        variables.put("GITHUB_RUN_ID", "42");
        return variables;
    }

    private static String log(
            Checkout checkout, LocalEcr ecr, int status, Map<String, String> variables, String... more)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add(ROLE);
        try (MavenBuild build = checkout.deploy(ecr, variables, arguments.toArray(String[]::new))) {
            assertThat(build.await()).as("exit code of:\n%s", build.log()).isEqualTo(status);
            checkout.isClean(ecr);
            return build.log();
        }
    }

    private static List<String> requests(LocalEcr ecr) {
        return ecr.requests().stream().map(RecordedRequest::kind).toList();
    }
}
