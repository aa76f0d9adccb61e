package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.CiJob;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Two modules assume a role with one identity token, from a file that is named relative to the top directory. */
public final class OidcFromFile {
    private static final String TOKEN = "target/token";

    private OidcFromFile() {}

    /** Called by {@code prebuild.groovy}. */
    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        Scenario.prepare(context, directory);
        Scenario scenario = Scenario.of(context);
        Path token = scenario.file(TOKEN).toPath();
        Files.createDirectories(token.getParent());
        Files.writeString(token, scenario.ecr().identityToken(CiJob.GITLAB, "sts.amazonaws.com"));
        scenario.property(context, "ecr.roleArn", "arn:aws:iam::" + Scenario.ACCOUNT + ":role/delivery");
        scenario.property(context, "ecr.identityTokenFile", TOKEN);
    }

    /** Called by {@code verify.groovy}. */
    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            Files.delete(scenario.file(TOKEN).toPath());
            for (String service : new String[] {"orders", "billing"}) {
                scenario.onlyTags(service, scenario.git().head(), "1.4.0");
            }
            assertThat(scenario.log())
                    .contains(" by the identity token of file ")
                    .contains(", for 3 repositories");
            assertThat(scenario.requests()).containsOnlyOnce("sts:AssumeRoleWithWebIdentity");
        });
    }
}
