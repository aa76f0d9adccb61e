package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * The CI job that pushes.
 *
 * @param source repository that it runs for
 * @param branch branch that is published when something is merged
 * @param audience audience of its identity token
 * @param javaRelease Java release that Maven runs on
 * @param flags what Maven is given besides {@code deploy}
 */
public record Job(Source source, String branch, String audience, int javaRelease, List<String> flags) {
    /** The audience that AWS itself suggests, and that the plugin asks for where nothing else is set. */
    public static final String AUDIENCE = "sts.amazonaws.com";

    private static final String WORD = "[A-Za-z0-9_](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,99}";
    private static final Grammar BRANCHES = Grammar.of(
            WORD + "(?:/" + WORD + "){0,9}", "the name of a branch: words of letters, digits and . _ - divided by /");
    private static final Grammar AUDIENCES =
            Grammar.of("[A-Za-z0-9][A-Za-z0-9.:/_-]{0,254}", "an audience: letters, digits and . : / _ - expected");
    private static final Grammar FLAGS = Grammar.of(
            "-(?:D[A-Za-z.]{1,100}=|f )[A-Za-z0-9_][A-Za-z0-9._:/-]{0,300}",
            "a flag for Maven that a shell leaves as it is");

    /** Copies the list. */
    public Job {
        flags = List.copyOf(flags);
    }

    /** Returns the job for the branch {@code main}, with the usual audience and no flags. */
    public static Job of(Source source, int javaRelease) {
        return new Job(source, "main", AUDIENCE, javaRelease, List.of());
    }

    /** Returns the same for another branch. */
    public Job on(String name) throws FormatException {
        return new Job(source, BRANCHES.match(name).group(), audience, javaRelease, flags);
    }

    /** Returns the same with another audience. */
    public Job addressedTo(String name) throws FormatException {
        return new Job(source, branch, AUDIENCES.match(name).group(), javaRelease, flags);
    }

    /** Returns the same with a flag more: {@code -Dname=value} or {@code -f directory}. */
    public Job with(String flag) throws FormatException {
        List<String> more = new ArrayList<>(flags);
        more.add(FLAGS.match(flag).group());
        return new Job(source, branch, audience, javaRelease, more);
    }

    /** Returns the same in a deployment environment, which GitHub alone has in its subjects. */
    public Job in(String environment) throws FormatException {
        if (source instanceof GitHub gitHub) {
            return new Job(gitHub.in(environment), branch, audience, javaRelease, flags);
        }
        throw new FormatException("the subjects of GitLab do not name the environment");
    }

    /** Returns the subjects that its identity tokens may have. */
    List<String> subjects() {
        return source.subjects(branch);
    }

    /** Returns the command that it runs. */
    String command() {
        return flags.isEmpty() ? "mvn -B -ntp deploy" : "mvn -B -ntp deploy " + String.join(" ", flags);
    }
}
