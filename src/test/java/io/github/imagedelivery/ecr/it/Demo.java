package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The main job on a Spring Boot service: published, then nothing to do, then a release whose second tag is refused. Run
 * by {@code mvn -Pdemo verify} for a reader, and as an integration test.
 */
public final class Demo {
    private static final String REPOSITORY = "shop/orders";
    private static final String VERSION = "1.4.0";
    private static final String ORDER = "{\"article\":\"tea pot\",\"id\":1}";

    private Demo() {}

    public static void prepare(Map<String, Object> context, File directory, String aloud) throws Exception {
        Path work = Files.createDirectories(directory.toPath().resolve("target"));
        Narrator narrator = Narrator.begin(context, Boolean.parseBoolean(aloud));
        narrator.say("Embedded ECR: no AWS account, no Docker, 127.0.0.1 alone.");
        LocalEcr ecr = LocalEcr.builder()
                .account(Scenario.ACCOUNT)
                .region(Scenario.REGION)
                .secretMark(Canary.MARK)
                .storage(work.resolve("registry"))
                .start();
        ecr.createRepository(REPOSITORY, TagMutability.IMMUTABLE_WITH_EXCLUSION, "*-SNAPSHOT");
        String base = "scratch";
        if (JdkBase.isPossible()) {
            narrator.say("Linking a base image from the JDK that runs this build ...");
            JdkBase made = JdkBase.make(work.resolve("base"));
            ecr.createRepository("base/jre");
            ecr.seed("base/jre", "17", made.manifest(), made.blobs());
            base = ecr.registryHost() + "/base/jre:17";
        }
        Scenario scenario = Scenario.start(context, directory, ecr);
        scenario.property(context, "ecr.from", base);
        scenario.property(context, "ecr.platform", JdkBase.platform());
        narrator.step("1. mvn deploy: a first push");
    }

    public static void afterFirst(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        Narrator narrator = Narrator.of(context);
        narrator.quote(scenario.log());
        scenario.onlyTags(REPOSITORY, scenario.git().head(), VERSION);
        assertThat(scenario.report("orders").get("result").text()).hasValue("PUBLISHED");
        scenario.ecr().clearRequests();
        narrator.step("2. mvn deploy again: nothing has changed");
    }

    public static void afterSecond(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        Narrator narrator = Narrator.of(context);
        narrator.quote(scenario.log());
        assertThat(scenario.report("orders").get("result").text()).hasValue("ALREADY_PUBLISHED");
        assertThat(scenario.ecr().requests())
                .noneMatch(request -> request.kind().equals("ecr:PutImage"));
        narrator.step("3. mvn deploy of release 1.5.0, and ECR refuses the second tag");
    }

    public static void beforeThird(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        for (String pom : new String[] {"pom.xml", "orders/pom.xml"}) {
            Path file = directory.toPath().resolve(pom);
            Files.writeString(
                    file, Files.readString(file).replace("<version>1.4.0</version>", "<version>1.5.0</version>"));
        }
        scenario.git().commit("Release 1.5.0");
        scenario.ecr()
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about(REPOSITORY + ":1.5.0"),
                        Behaviour.answer(400, "LimitExceededException", "The limit of images is reached"));
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Narrator narrator = Narrator.of(context);
        Scenario.end(context, scenario -> {
            narrator.quote(scenario.log());
            assertThat(scenario.ecr().tags(REPOSITORY))
                    .hasSize(2)
                    .containsKey(VERSION)
                    .doesNotContainKeys("1.5.0", scenario.git().head());
            assertThat(scenario.report("orders").get("result").text()).hasValue("FAILED_CLEAN");
            narrator.step("Neither tag of 1.5.0 is there; those of 1.4.0 are as they were.");
            runs(scenario.ecr(), directory.toPath().resolve("target/run"), narrator);
            Path layout = directory.toPath().resolve("target/registry").resolve(REPOSITORY);
            isReadBySkopeo(scenario.ecr(), layout, narrator);
            narrator.say("Look for yourself:");
            narrator.say("skopeo inspect oci:" + layout + ":" + VERSION);
        });
    }

    private static void runs(LocalEcr ecr, Path directory, Narrator narrator) throws Exception {
        Optional<String> obstacle = RunningImage.obstacle();
        if (obstacle.isPresent()) {
            narrator.note("The image is not started here: " + obstacle.get());
            assertThat(Programs.areMandatory() && JdkBase.isPossible())
                    .as("a CI job on Linux starts the image")
                    .isFalse();
            return;
        }
        try (RunningImage image = RunningImage.start(ecr, REPOSITORY, published(ecr), directory)) {
            assertThat(image.firstAnswer("/orders")).isEqualTo("[]");
            image.hasItsUser();
            assertThat(image.post("/orders", "tea pot")).isEqualTo(ORDER);
            String orders = image.get("/orders");
            assertThat(orders).isEqualTo("[" + ORDER + "]");
            narrator.note("The image answers on " + image.uri("/orders") + ": " + orders);
        }
    }

    private static void isReadBySkopeo(LocalEcr ecr, Path layout, Narrator narrator) throws Exception {
        if (!SkopeoCheck.isPossible()) {
            narrator.note("Not read by skopeo, which is not installed: apt-get install skopeo");
            return;
        }
        SkopeoCheck.readsTheLayout(layout, VERSION, published(ecr));
        SkopeoCheck.pulls(ecr, REPOSITORY, VERSION, layout.resolveSibling("pulled"));
        narrator.note("skopeo reads it on disk and pulls it: " + published(ecr));
    }

    private static Digest published(LocalEcr ecr) {
        Digest digest = ecr.tags(REPOSITORY).get(VERSION);
        assertThat(digest).as(VERSION).isNotNull();
        return digest;
    }
}
