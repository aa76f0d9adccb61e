package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the files of a setup. */
public final class SetupFiles {
    /** Where the policies and the guide are. */
    static final String DIRECTORY = "ecr-setup/";

    /** What the inline policies of a role may have together, white space not counted (IAM user guide, "Quotas"). */
    private static final int MOST_CHARACTERS = 10_240;

    private SetupFiles() {}

    /**
     * Returns the files, in the order in which they are read.
     *
     * @throws FormatException if a role cannot hold the policies, for the number of repositories in them
     */
    public static List<SetupFile> of(Setup setup) throws FormatException {
        Policies policies = new Policies(setup);
        Map<String, Json> optional = policies.optional();
        checkLength(policies.push(), optional);
        List<SetupFile> files = new ArrayList<>();
        files.add(pipeline(setup));
        files.add(new SetupFile(DIRECTORY + "README.md", new Guide(setup, List.copyOf(optional.keySet())).text()));
        files.add(policy("trust", policies.trust()));
        files.add(policy("permissions", policies.push()));
        optional.forEach((name, policy) -> files.add(policy("permissions-" + name, policy)));
        if (setup.isCrossAccount()) {
            files.add(policy("repository-policy", policies.repository()));
        }
        return files;
    }

    private static void checkLength(Json push, Map<String, Json> optional) throws FormatException {
        int length = push.toString().length();
        for (Json policy : optional.values()) {
            length += policy.toString().length();
        }
        if (length > MOST_CHARACTERS) {
            throw new FormatException("the policies of all repositories have " + length
                    + " characters, and a role holds " + MOST_CHARACTERS);
        }
    }

    private static SetupFile policy(String name, Json policy) {
        return new SetupFile(DIRECTORY + name + ".json", policy.pretty());
    }

    private static SetupFile pipeline(Setup setup) {
        Job job = setup.job();
        String content = Template.read(job.source().template())
                .with(Map.of(
                        "branch", job.branch(),
                        "registry", setup.target().registry().host(),
                        "role", setup.role().arn(),
                        "audience", job.audience(),
                        "java", Integer.toString(job.javaRelease()),
                        "environment", environment(job.source()),
                        "command", job.command()));
        return new SetupFile(job.source().pipeline(), content);
    }

    private static String environment(Source source) {
        return source.environment()
                .map(name ->
                        "    environment: \"" + name + "\" # the trust policy admits jobs of this environment alone")
                .orElse("    # environment: production # changes the subject: write the files with"
                        + " -Decr.setup.environment=production");
    }
}
