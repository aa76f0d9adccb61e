package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** A reactor that binds the check: what would be refused at the end is refused before anything is compiled. */
public final class CheckBeforeTheBuild {
    private CheckBeforeTheBuild() {}

    public static void afterTheRefusal(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(scenario.log())
                .contains("orders: the check of the repository has failed; nothing was built or sent");
        assertThat(scenario.file("orders/target")).doesNotExist();
        assertThat(report(scenario).get("outcome").text()).hasValue("failed");
        scenario.ecr().clearRequests();
    }

    public static void afterTheTest(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(scenario.log()).contains("nothing is checked, since this build makes no image");
        assertThat(scenario.requests()).isEmpty();
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
            scenario.onlyTags("billing", scenario.git().head(), "1.4.0");
            List<String> requests = scenario.requests();
            assertThat(requests).filteredOn("sts:GetCallerIdentity"::equals).hasSize(1);
            assertThat(requests.subList(0, 3))
                    .containsExactly("sts:GetCallerIdentity", "ecr:GetAuthorizationToken", "ecr:DescribeRepositories");
            // Of each module one before its push, for layers of the base; the rest is sooner sent than asked for.
            assertThat(requests)
                    .filteredOn("ecr:BatchCheckLayerAvailability"::equals)
                    .hasSize(2);
            assertThat(scenario.log()).doesNotContain("left to the push");
            assertThat(report(scenario).get("outcome").text()).hasValue("ok");
            assertThat(report(scenario).get("checks").items())
                    .extracting(check -> check.get("module").text().orElse(""))
                    .contains("orders", "billing");
        });
    }

    private static Json report(Scenario scenario) throws Exception {
        return Json.parse(
                Files.readAllBytes(scenario.file("target/ecr/check.json").toPath()));
    }
}
