package io.github.imagedelivery.ecr.it;

import java.io.File;
import java.util.Map;

/** A SNAPSHOT project on a commit with a release tag is published as that release. */
public final class VersionFromGitTag {
    private VersionFromGitTag() {}

    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        Scenario.prepare(context, directory);
        Scenario.of(context).git().tag("v1.5.0");
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(
                context, scenario -> scenario.onlyTags("orders", scenario.git().head(), "1.5.0"));
    }
}
