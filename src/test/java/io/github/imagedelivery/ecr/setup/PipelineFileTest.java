package io.github.imagedelivery.ecr.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files for CI systems, read by a YAML parser and held against the keys that the CI systems know. */
class PipelineFileTest {
    /** Workflow syntax for GitHub Actions. */
    private static final Set<Object> WORKFLOW = Set.of("name", true, "permissions", "concurrency", "jobs");

    private static final Set<String> JOB =
            Set.of("runs-on", "timeout-minutes", "environment", "permissions", "env", "outputs", "steps");
    private static final Set<String> STEP = Set.of("id", "name", "uses", "with", "run", "if", "env");

    /** CI/CD YAML syntax reference of GitLab. */
    private static final Set<String> GITLAB_JOB =
            Set.of("stage", "image", "rules", "resource_group", "timeout", "id_tokens", "variables", "script");

    private static Map<Object, Object> yaml(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(text);
    }

    private static Map<Object, Object> workflow(Setup setup) throws FormatException {
        return yaml(Setups.file(setup, ".github/workflows/deploy.yml"));
    }

    private static Map<Object, Object> pipeline(Setup setup) throws FormatException {
        return yaml(Setups.file(setup, ".gitlab-ci.yml"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value);
    }

    private static Map<String, Object> job(Map<Object, Object> workflow) {
        Map<String, Object> jobs = map(workflow.get("jobs"));
        assertThat(jobs).hasSize(1);
        return map(jobs.values().iterator().next());
    }

    @Test
    void keepsToTheKeysThatGitHubKnows() throws Exception {
        for (Setup setup : List.of(Setups.gitHub("shop/orders"), Setups.inEnvironment())) {
            checkKeys(workflow(setup));
        }
    }

    @Test
    void keepsToThemInTheWorkflowsOfThisProject() throws Exception {
        for (String name : List.of("build.yml", "release.yml")) {
            checkKeys(yaml(Files.readString(Path.of(".github/workflows", name))));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void keepsToThemInTheSamplesOfThePages(Path sample) throws Exception {
        Map<Object, Object> pipeline = yaml(Files.readString(sample));
        String name = sample.getFileName().toString();

        if (name.startsWith("github-")) {
            checkKeys(pipeline);
        } else if (name.startsWith("gitlab")) {
            assertThat(map(pipeline.get("push"))).containsOnlyKeys("script", "artifacts", "id_tokens");
        }
        assertThat(Files.readString(sample)).contains("mvn -B");
    }

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/samples"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList().stream();
        }
    }

    private static void checkKeys(Map<Object, Object> workflow) {
        assertThat(WORKFLOW).containsAll(workflow.keySet());
        for (Object job : map(workflow.get("jobs")).values()) {
            assertThat(JOB).containsAll(map(job).keySet());
            for (Object step : list(map(job).get("steps"))) {
                assertThat(STEP).containsAll(map(step).keySet());
                assertThat(map(step).containsKey("uses")).isNotEqualTo(map(step).containsKey("run"));
            }
        }
    }

    @Test
    void runsOnGitHubForTheBranchAndForReleaseTagsAlone() throws Exception {
        // YAML 1.1 takes the key "on" for true, which GitHub does not.
        Map<String, Object> on = map(workflow(Setups.inEnvironment()).get(true));

        assertThat(on).containsOnlyKeys("push");
        assertThat(map(on.get("push"))).isEqualTo(Map.of("branches", List.of("release/1.x"), "tags", List.of("v*")));
    }

    @Test
    void mayOnlyReadTheSourceAndAskForAnIdentityToken() throws Exception {
        Map<Object, Object> workflow = workflow(Setups.gitHub("shop/orders"));

        assertThat(workflow).containsEntry("permissions", Map.of("contents", "read"));
        assertThat(job(workflow)).containsEntry("permissions", Map.of("contents", "read", "id-token", "write"));
    }

    @Test
    void doesNotCancelAPushThatHasBegun() throws Exception {
        assertThat(workflow(Setups.gitHub("shop/orders")))
                .containsEntry("concurrency", Map.of("group", "deploy-${{ github.ref }}", "cancel-in-progress", false));
    }

    @Test
    void runsMavenOnceAfterACheckoutWithAllTags() throws Exception {
        List<Object> steps = list(job(workflow(Setups.gitHub("shop/orders"))).get("steps"));

        assertThat(steps).hasSize(3);
        assertThat(map(map(steps.get(0)).get("with")))
                .containsEntry("fetch-depth", 0)
                .containsEntry("persist-credentials", false);
        assertThat(steps.get(2)).isEqualTo(Map.of("run", "mvn -B -ntp deploy"));
    }

    @Test
    void namesActionsOfGitHubByAMajorVersion() throws Exception {
        assertThat(list(job(workflow(Setups.gitHub("shop/orders"))).get("steps")))
                .filteredOn(step -> map(step).containsKey("uses"))
                .allMatch(step -> String.valueOf(map(step).get("uses")).matches("actions/[a-z-]+@v[0-9]+"));
    }

    @Test
    void saysWhichRoleIsAssumedAndInWhichEnvironment() throws Exception {
        Map<String, Object> job = job(workflow(Setups.inEnvironment()));

        assertThat(job)
                .containsEntry("environment", "production")
                .containsEntry("env", Map.of("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/image-delivery"));
        assertThat(list(job.get("steps"))).last().isEqualTo(Map.of("run", "mvn -B -ntp deploy -f backend"));
        assertThat(job(workflow(Setups.gitHub("shop/orders")))).doesNotContainKey("environment");
    }

    @Test
    void givesTheSameToGitLab() throws Exception {
        Map<Object, Object> pipeline = pipeline(Setups.gitLab());

        assertThat(pipeline).containsOnlyKeys("deploy");
        Map<String, Object> job = map(pipeline.get("deploy"));
        assertThat(job).containsOnlyKeys(GITLAB_JOB);
        assertThat(job)
                .containsEntry("stage", "deploy")
                .containsEntry("image", "maven:3-eclipse-temurin-17")
                .containsEntry(
                        "rules",
                        List.of(Map.of("if", "$CI_COMMIT_BRANCH == \"main\""), Map.of("if", "$CI_COMMIT_TAG =~ /^v/")))
                .containsEntry("id_tokens", Map.of("AWS_ID_TOKEN", Map.of("aud", "sts.amazonaws.com")))
                .containsEntry(
                        "variables",
                        Map.of("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/image-delivery", "GIT_DEPTH", "0"))
                .containsEntry("script", List.of("mvn -B -ntp deploy"));
    }

    @Test
    void leavesNoPlaceUnfilledInAnyFile() throws Exception {
        for (Setup setup : Setups.all().values()) {
            assertThat(Setups.files(setup).values())
                    .allSatisfy(content -> assertThat(content)
                            .doesNotContainPattern("@[a-z]+@")
                            .doesNotContain("\t", "\r")
                            .endsWith("\n"));
        }
    }

    @Test
    void namesEveryPolicyInTheGuideAndNoneThatIsNotThere() throws Exception {
        for (Setup setup : Setups.all().values()) {
            Map<String, String> files = Setups.files(setup);
            String guide = Setups.file(setup, "ecr-setup/README.md");
            List<String> named = guide.lines()
                    .filter(line -> line.contains("file://"))
                    .map(line -> line.replaceFirst(".*file://(\\S+).*", "$1"))
                    .toList();
            assertThat(named)
                    .containsExactlyInAnyOrderElementsOf(files.keySet().stream()
                            .filter(path -> path.endsWith(".json"))
                            .toList());
        }
    }
}
