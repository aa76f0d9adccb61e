package io.github.imagedelivery.ecr.ci;

import java.util.List;
import java.util.Locale;

/** The CI systems that put an identity token into a variable before the job begins, if its configuration says so. */
final class TokensInVariables {
    private static final String BITBUCKET_REMEDY = """
            let the step have an identity token, in bitbucket-pipelines.yml:
                - step:
                    oidc: true""";

    private static final String JENKINS_REMEDY = """
            bind an OpenID Connect credential (plugin oidc-provider, kind "OpenID Connect id token as file"):
                withCredentials([file(credentialsId: 'aws', variable: 'AWS_WEB_IDENTITY_TOKEN_FILE')]) {
                  sh 'mvn -B deploy'
                }""";

    private TokensInVariables() {}

    /** By convention the variable is named for the audience; two other names are common. */
    static IdentitySource gitLab(Variables variables, IdentitySettings settings) throws IdentityException {
        String byAudience = settings.audience().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_ID_TOKEN";
        String remedy = "let the job have an identity token, in .gitlab-ci.yml:\n"
                + "    id_tokens:\n"
                + "      AWS_ID_TOKEN:\n"
                + "        aud: " + settings.audience();
        return first("GitLab CI", variables, List.of(byAudience, "GITLAB_OIDC_TOKEN", "AWS_ID_TOKEN"), remedy);
    }

    static IdentitySource bitbucket(Variables variables, IdentitySettings settings) throws IdentityException {
        return first("Bitbucket Pipelines", variables, List.of("BITBUCKET_STEP_OIDC_TOKEN"), BITBUCKET_REMEDY);
    }

    /**
     * Jenkins binds a credential to any variable that the job names. AWS's own is found before this is asked, and any
     * other is for the user to name.
     */
    static IdentitySource jenkins(Variables variables, IdentitySettings settings) throws IdentityException {
        return first("Jenkins", variables, List.of(), JENKINS_REMEDY);
    }

    /** Returns the first of the variables that is set. */
    static IdentitySource first(String system, Variables variables, List<String> names, String remedy)
            throws IdentityException {
        for (String name : names) {
            if (variables.value(name).isPresent()) {
                return new IdentityVariable(
                        system + " (" + name + ")", variables.value(name).get());
            }
        }
        String missing = names.isEmpty() ? "" : ": not set: " + String.join(", ", names);
        throw new IdentityException(system + ": the job has no identity token" + missing, remedy);
    }
}
