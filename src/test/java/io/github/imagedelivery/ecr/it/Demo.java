package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.TagMutability;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The main job on a Spring Boot service: published, then nothing to do, then a release whose second tag is refused. Run
 * by {@code mvn -Pdemo verify} for a reader, and as an integration test.
 */
public final class Demo {
    private static final String REPOSITORY = "shop/orders";

    private Demo() {}

    public static void prepare(Map<String, Object> context, File directory, String aloud) throws Exception {
        Path work = Files.createDirectories(directory.toPath().resolve("target"));
        Narrator narrator = Narrator.begin(context, Boolean.parseBoolean(aloud));
        narrator.say("Embedded ECR: no AWS account, no Docker, 127.0.0.1 alone.");
        LocalEcr ecr = LocalEcr.builder()
                .account(Scenario.ACCOUNT)
                .region(Scenario.REGION)
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
        scenario.onlyTags(REPOSITORY, scenario.git().head(), "1.4.0");
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
                    .containsKey("1.4.0")
                    .doesNotContainKeys("1.5.0", scenario.git().head());
            assertThat(scenario.report("orders").get("result").text()).hasValue("FAILED_CLEAN");
            narrator.step("Neither tag of 1.5.0 is there; those of 1.4.0 are as they were. Look for yourself:");
            narrator.say("skopeo inspect oci:" + scenario.file("target/registry/" + REPOSITORY) + ":1.4.0");
        });
    }
}
