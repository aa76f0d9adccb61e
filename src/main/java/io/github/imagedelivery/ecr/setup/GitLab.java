package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.List;
import java.util.Optional;

/**
 * A project on GitLab (GitLab documentation, "OpenID Connect (OIDC) Authentication Using ID Tokens").
 *
 * @param host {@code gitlab.com} or the host of an instance
 * @param project {@code GROUP/PROJECT}, with subgroups in between
 */
record GitLab(String host, String project) implements Source {
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}";
    private static final Grammar PROJECT =
            Grammar.of(NAME + "(?:/" + NAME + "){1,20}", "GROUP/PROJECT on GitLab, with subgroups where there are any");

    static GitLab parse(String host, String path) throws FormatException {
        return new GitLab(host, PROJECT.match(path).group());
    }

    @Override
    public String issuer() {
        return host;
    }

    @Override
    public List<String> subjects(String branch) {
        String prefix = "project_path:" + project + ":ref_type:";
        return List.of(prefix + "branch:ref:" + branch, prefix + "tag:ref:v*");
    }

    @Override
    public String pipeline() {
        return ".gitlab-ci.yml";
    }

    @Override
    public String template() {
        return "gitlab.yml";
    }

    @Override
    public Optional<String> environment() {
        return Optional.empty();
    }

    @Override
    public String shown() {
        return host + "/" + project;
    }
}
