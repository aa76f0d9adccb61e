package io.github.imagedelivery.ecr.it;

import java.io.File;
import java.util.Map;

/** The four flags of the script that the goal replaces, in a project that does not know the plugin. */
public final class GoalFromCommandLine {
    private GoalFromCommandLine() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(
                context,
                scenario ->
                        scenario.onlyTags("shop/orders", "0123456789abcdef0123456789abcdef01234567", "2.0.0_build.7"));
    }
}
