package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/** The repository that the images are built from, as the CI system names it in a job's identity token. */
public sealed interface Source permits GitHub, GitLab {
    /** The CI systems that files are written for. */
    enum Kind {
        /** GitHub Actions. */
        GITHUB,
        /** GitLab CI. */
        GITLAB
    }

    /**
     * Reads {@code github.com/OWNER/REPOSITORY} or {@code gitlab.com/GROUP/PROJECT}, on these hosts or others.
     *
     * @param text host and path, without a scheme
     * @param kind the CI system of a host that does not tell by its name
     */
    static Source parse(String text, Optional<Kind> kind) throws FormatException {
        Matcher parts = Grammar.of(
                        "(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)/(?<path>.+)",
                        "a source repository: github.com/OWNER/REPOSITORY or gitlab.com/GROUP/PROJECT expected")
                .match(text);
        String host = parts.group("host").toLowerCase(Locale.ROOT);
        Optional<Kind> system = kind.or(() -> kindOf(host));
        if (system.isEmpty()) {
            throw new FormatException("whether \"" + Texts.shown(host)
                    + "\" runs GitHub Actions or GitLab CI cannot be told by its name");
        }
        return system.get() == Kind.GITHUB
                ? GitHub.parse(host, parts.group("path"))
                : GitLab.parse(host, parts.group("path"));
    }

    private static Optional<Kind> kindOf(String host) {
        if (host.equals("github.com") || host.endsWith(".ghe.com") || host.startsWith("github.")) {
            return Optional.of(Kind.GITHUB);
        }
        return host.startsWith("gitlab.") ? Optional.of(Kind.GITLAB) : Optional.empty();
    }

    /** Returns the issuer of the identity tokens, without {@code https://}: the name of the provider in IAM. */
    String issuer();

    /** Returns the subjects of the jobs that publish: those of the branch, and those of release tags. */
    List<String> subjects(String branch);

    /** Returns the path of the file that tells the CI system what to run. */
    String pipeline();

    /** Returns the name of the template that the file is made from. */
    String template();

    /** Returns the deployment environment that the jobs run in, where that decides who they are. */
    Optional<String> environment();

    /** Returns how to say whose repository it is: host and path. */
    String shown();
}
