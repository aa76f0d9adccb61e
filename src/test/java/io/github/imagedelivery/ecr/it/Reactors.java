package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.it.BuildLogs.BuildLog;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reactors of 3, 20 and 100 services. First builds that fail, each in its own way, in the first, a middle or the last
 * module: no tag appears. Then builds that publish: resumed, with modules left out, and all 100 at once.
 */
public final class Reactors {
    private static final int ALL = 100;

    /** Versions that other images have. */
    private static final Map<String, String> TAKEN = Map.of("s001", "2.0.0", "s003", "3.0.0");

    private Reactors() {}

    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        ManyServices services = new ManyServices(directory.toPath());
        services.writeModules(ALL);
        for (int size : new int[] {3, 20, ALL}) {
            services.writeReactor(size);
        }
        LocalEcr ecr = LocalEcr.builder()
                .account(Scenario.ACCOUNT)
                .region(Scenario.REGION)
                .secretMark(Canary.MARK)
                .start();
        for (String name : ManyServices.names(ALL)) {
            if (TAKEN.containsKey(name)) {
                TinyBase.seed(ecr, name, TAKEN.get(name));
            } else {
                ecr.createRepository(name, TagMutability.IMMUTABLE);
            }
        }
        ecr.createRepository("shared");
        Digest base = TinyBase.seed(ecr, "base/jre", "17");
        Scenario scenario = Scenario.start(context, directory, ecr);
        scenario.property(context, "ecr.from", ecr.registryHost() + "/base/jre@" + base);
        ReactorFigures.begin(context, directory);
    }

    /** All 100 are staged for the first time, and the last goal of the last module fails. */
    public static void afterFirst(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(count(scenario, "ecr:GetAuthorizationToken")).isEqualTo(1);
        assertThat(count(scenario, "ecr:DescribeRepositories")).isZero();
        assertThat(count(scenario, "ecr:PutImage")).isEqualTo(ALL);
        countRequests(context, "first build, fails at its end");
    }

    public static void afterFailures(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(newTags(scenario)).isEmpty();
        BuildLogs logs = BuildLogs.of(scenario);
        int[] staged = {ALL, 1, -1, 1, 10, 20, 1, 2, 3, 3, 0, 2, 2, -1, 3};
        for (int number = 1; number <= staged.length; number++) {
            BuildLog log = logs.build(number);
            if (staged[number - 1] >= 0) {
                log.failedAfterStaging(staged[number - 1]);
            }
            ReactorFigures.of(context).build(number, log.staged().size(), 0, log.time());
        }
        // Which other modules run beside the one that fails differs from time to time.
        assertThat(logs.build(3).staged()).contains("s050").doesNotContain("s100");
        logs.build(11).refused("The tag 2.0.0 points at another image already");
        logs.build(12).refused("The tag 3.0.0 points at another image already");
        for (int number : new int[] {13, 14}) {
            logs.build(number).refused("Two images of " + Scenario.REGISTRY + "/shared:");
        }
    }

    /** Resumed at the last of three: published alone, and what was staged before is told. */
    public static void afterResume(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(newTags(scenario)).containsExactlyInAnyOrder("s003:1.4.0", "s003:" + sha(scenario));
        BuildLog log = BuildLogs.of(scenario).build(16);
        assertThat(log.leftBehind()).containsExactly("s001", "s002");
        assertThat(log.text().split("Staged by an earlier build", -1)).hasSize(2);
        ReactorFigures.of(context).build(16, log.leftBehind().size(), 2, log.time());
    }

    /** What the resumed build has left is published. */
    public static void afterTheRest(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(newTags(scenario)).hasSize(2 * 3);
        ReactorFigures.of(context)
                .build(17, 0, 2 * 2, BuildLogs.of(scenario).build(17).time());
        scenario.ecr().clearRequests();
    }

    /** All 100 are published: 97 were staged before, 3 are published already. */
    public static void afterAll(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        for (String service : ManyServices.names(ALL)) {
            assertThat(scenario.ecr().tags(service)).as(service).containsKeys(sha(scenario), "1.4.0");
        }
        assertThat(newTags(scenario)).hasSize(2 * ALL);
        ReactorFigures.of(context)
                .build(18, 0, 2 * (ALL - 3), BuildLogs.of(scenario).build(18).time());
        countRequests(context, "next build, publishes");
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(newTags(scenario))
                    .hasSize(2 * ALL + 2 + 2)
                    .contains("s001:5.0.0", "s003:5.0.0", "s001:6.0.0", "s002:6.0.0");
            BuildLogs logs = BuildLogs.of(scenario);
            ReactorFigures figures = ReactorFigures.of(context);
            figures.build(19, 0, 0, logs.build(19).time());
            figures.build(20, 0, 2, logs.build(20).time());
            figures.build(21, 0, 2, logs.build(21).time());
            figures.write(directory.toPath().resolve("../../reactors.md").normalize());
        });
    }

    public static void afterRepeat(Map<String, Object> context, File directory) throws Exception {
        assertThat(Scenario.of(context).requests()).hasSize(ALL);
        countRequests(context, "once more, nothing to do");
    }

    private static void countRequests(Map<String, Object> context, String build) {
        LocalEcr ecr = Scenario.of(context).ecr();
        ReactorFigures.of(context).requests(build, ecr.requests());
        ecr.clearRequests();
    }

    private static long count(Scenario scenario, String request) {
        return scenario.requests().stream().filter(request::equals).count();
    }

    private static String sha(Scenario scenario) throws Exception {
        return scenario.git().head();
    }

    /** Returns the tags that builds have written. */
    private static List<String> newTags(Scenario scenario) {
        List<String> tags = new ArrayList<>();
        for (String repository : scenario.ecr().repositories()) {
            for (String tag : scenario.ecr().tags(repository).keySet()) {
                if (!repository.startsWith("base/") && !tag.equals(TAKEN.get(repository))) {
                    tags.add(repository + ":" + tag);
                }
            }
        }
        return tags;
    }
}
