package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.LocalEcrBuilder;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * What every integration test has: a Git working copy, an embedded ECR of its own that runs in the process of the test
 * and is inspected afterwards, a base image in it, and the properties that lead the build there.
 */
public final class Scenario {
    static final String ACCOUNT = "123456789012";
    static final String REGION = "eu-west-2";
    static final String REGISTRY = ACCOUNT + ".dkr.ecr." + REGION + ".amazonaws.com";
    private static final String KEY = "scenario";

    private final File directory;
    private final LocalEcr ecr;
    private final Git git;

    private Scenario(File directory, LocalEcr ecr, Git git) {
        this.directory = directory;
        this.ecr = ecr;
        this.git = git;
    }

    /** Called by {@code prebuild.groovy}. */
    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        LocalEcr ecr = registry();
        start(context, directory, ecr).property(context, "ecr.from", base(ecr));
    }

    /** Starts a registry with empty repositories, in which SNAPSHOT versions alone may move, and a base image. */
    static LocalEcr registry() throws Exception {
        return seeded(LocalEcr.builder());
    }

    /** Does the same where the roles of the account trust one subject alone. */
    static LocalEcr registry(String trustedSubject) throws Exception {
        return seeded(LocalEcr.builder().trustedSubject(trustedSubject));
    }

    private static LocalEcr seeded(LocalEcrBuilder builder) throws Exception {
        LocalEcr ecr =
                builder.account(ACCOUNT).region(REGION).secretMark(Canary.MARK).start();
        for (String repository : List.of("orders", "billing", "shipping", "library", "shop/orders")) {
            ecr.createRepository(repository, TagMutability.IMMUTABLE_WITH_EXCLUSION, "*-SNAPSHOT");
        }
        TinyBase.seed(ecr, "base/jre", "17");
        return ecr;
    }

    /** Returns what an image in a {@link #registry} is built on. */
    static String base(LocalEcr ecr) {
        return ecr.registryHost() + "/base/jre@" + ecr.tags("base/jre").get("17");
    }

    /** Makes a scenario of a started registry, and points the build at it. */
    static Scenario start(Map<String, Object> context, File directory, LocalEcr ecr) throws Exception {
        Scenario scenario = new Scenario(directory, ecr, Git.init(directory));
        context.put(KEY, scenario);
        Map<String, String> environment = ecr.environment();
        scenario.property(context, "aws.endpointUrlEcr", ecr.endpoint().toString());
        scenario.property(context, "aws.endpointUrlSts", ecr.endpoint().toString());
        scenario.property(context, "aws.accessKeyId", value(environment, "AWS_ACCESS_KEY_ID"));
        scenario.property(context, "aws.secretAccessKey", value(environment, "AWS_SECRET_ACCESS_KEY"));
        scenario.property(context, "aws.region", value(environment, "AWS_REGION"));
        scenario.property(context, "ecr.registry", REGISTRY);
        scenario.property(context, "ecr.cacheDirectory", new File(directory, "target/cache").toString());
        ecr.clearRequests();
        return scenario;
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.get(name);
        assertThat(value).as(name).isNotNull();
        return value;
    }

    /** Returns the scenario that {@code prebuild.groovy} made. */
    static Scenario of(Map<String, Object> context) {
        return (Scenario) context.get(KEY);
    }

    /** A check of what a build has left behind. */
    interface Check {
        void run(Scenario scenario) throws Exception;
    }

    /** Runs the last check; the registry is closed whatever it says. */
    static void end(Map<String, Object> context, Check check) throws Exception {
        Scenario scenario = of(context);
        try {
            check.run(scenario);
            Canary canary = Canary.of(List.of());
            canary.isNowhereBelow(scenario.directory.toPath());
            canary.isInNoImageOf(scenario.ecr);
        } finally {
            scenario.ecr.close();
        }
    }

    @SuppressWarnings("unchecked")
    void property(Map<String, Object> context, String name, String value) {
        ((Map<Object, Object>) context.get("userProperties")).put(name, value);
    }

    LocalEcr ecr() {
        return ecr;
    }

    Git git() {
        return git;
    }

    File file(String path) {
        return new File(directory, path);
    }

    /** Returns what Maven has printed. */
    String log() throws Exception {
        return Files.readString(file("build.log").toPath(), UTF_8);
    }

    /** Returns a module's report. */
    Json report(String module) throws Exception {
        return Json.parse(
                Files.readAllBytes(file(module + "/target/ecr/push.json").toPath()));
    }

    /** Asserts that the repository's tags are exactly these, and that all point at one image, which is returned. */
    Digest onlyTags(String repository, String... tags) {
        Map<String, Digest> found = ecr.tags(repository);
        assertThat(found).containsOnlyKeys(tags);
        assertThat(found.values().stream().distinct()).hasSize(1);
        return found.values().iterator().next();
    }

    /** Asserts that nothing has a tag. */
    void noTags() {
        for (String repository : ecr.repositories()) {
            if (!repository.startsWith("base/")) {
                assertThat(ecr.tags(repository)).as(repository).isEmpty();
            }
        }
    }

    /** Returns the requests since the last time, short. */
    List<String> requests() {
        return ecr.requests().stream().map(r -> r.shortKind()).toList();
    }
}
