package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A repository on GitHub (GitHub documentation, "OpenID Connect reference").
 *
 * @param host {@code github.com}, {@code NAME.ghe.com}, or the host of a GitHub Enterprise Server
 * @param repository {@code OWNER/REPOSITORY} in the case that GitHub shows, or {@code OWNER@ID/REPOSITORY@ID} where the
 *     subjects of the repository are immutable
 * @param environment environment of the job; it takes the place of branch and tag in the subject
 */
record GitHub(String host, String repository, Optional<String> environment) implements Source {
    private static final String OWNER = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}";
    private static final String NAME = "[A-Za-z0-9._-]{1,100}";
    private static final Grammar REPOSITORY = Grammar.of(
            OWNER + "/" + NAME + "|" + OWNER + "@[0-9]{1,20}/" + NAME + "@[0-9]{1,20}",
            "OWNER/REPOSITORY on GitHub, or OWNER@ID/REPOSITORY@ID where its subjects are immutable");
    private static final Grammar ENVIRONMENT = Grammar.of(
            "[A-Za-z0-9_][A-Za-z0-9._-]{0,254}", "the name of an environment: letters, digits and . _ - expected");

    static GitHub parse(String host, String path) throws FormatException {
        Matcher repository = REPOSITORY.match(path);
        return new GitHub(host, repository.group(), Optional.empty());
    }

    /** Returns the same for jobs of an environment. */
    GitHub in(String name) throws FormatException {
        return new GitHub(host, repository, Optional.of(ENVIRONMENT.match(name).group()));
    }

    @Override
    public String issuer() {
        if (host.equals("github.com")) {
            return "token.actions.githubusercontent.com";
        }
        return host.endsWith(".ghe.com") ? "token.actions." + host : host + "/_services/token";
    }

    @Override
    public List<String> subjects(String branch) {
        String prefix = "repo:" + repository + ":";
        return environment
                .map(name -> List.of(prefix + "environment:" + name))
                .orElseGet(() -> List.of(prefix + "ref:refs/heads/" + branch, prefix + "ref:refs/tags/v*"));
    }

    @Override
    public String pipeline() {
        return ".github/workflows/deploy.yml";
    }

    @Override
    public String template() {
        return "github.yml";
    }

    @Override
    public String shown() {
        return host + "/" + repository.replaceAll("@[0-9]+", "");
    }
}
