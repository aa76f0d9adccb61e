package io.github.imagedelivery.ecr.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A job of a CI system, as the embedded ECR plays one: who gives it identity tokens, what they say, and the variables
 * by which it finds them.
 */
public enum CiJob {
    /** Asks by {@code GET}, for any audience. */
    GITHUB(
            "GITHUB_ACTIONS",
            "https://token.actions.githubusercontent.com",
            "repo:local/app:ref:refs/heads/main",
            "https://github.com/local"),
    /** Has a variable, for the audience that its configuration names. */
    GITLAB("GITLAB_CI", "https://gitlab.com", "project_path:local/app:ref_type:branch:ref:main", "sts.amazonaws.com"),
    /** Has a variable, for the audience of its workspace. */
    BITBUCKET(
            "BITBUCKET_BUILD_NUMBER",
            "https://api.bitbucket.org/2.0/workspaces/local/pipelines-config/identity/oidc",
            "{00000000-0000-0000-0000-000000000001}:{00000000-0000-0000-0000-000000000002}",
            "ari:cloud:bitbucket::workspace/00000000-0000-0000-0000-000000000003"),
    /** Has a variable, for the audience of its organization. */
    CIRCLECI(
            "CIRCLECI",
            "https://oidc.circleci.com/org/00000000-0000-0000-0000-000000000001",
            "org/00000000-0000-0000-0000-000000000001/project/00000000-0000-0000-0000-000000000002"
                    + "/user/00000000-0000-0000-0000-000000000003",
            "00000000-0000-0000-0000-000000000001"),
    /** Asks by {@code POST}, for any audience. */
    BUILDKITE(
            "BUILDKITE",
            "https://agent.buildkite.com",
            "organization:local:pipeline:app:ref:refs/heads/main:commit:HEAD:step:build",
            "https://buildkite.com/local"),
    /** Asks by {@code POST} in the name of a service connection, for one audience. */
    AZURE(
            "TF_BUILD",
            "https://vstoken.dev.azure.com/00000000-0000-0000-0000-000000000001",
            "sc://local/app/aws",
            "api://AzureADTokenExchange");

    /** The audience that AWS STS has by convention. */
    private static final String AWS = "sts.amazonaws.com";

    private final String marker;
    private final String issuer;
    private final String subject;
    private final String audience;

    CiJob(String marker, String issuer, String subject, String audience) {
        this.marker = marker;
        this.issuer = issuer;
        this.subject = subject;
        this.audience = audience;
    }

    static Optional<CiJob> issuing(String url) {
        return Stream.of(values()).filter(job -> job.issuer.equals(url)).findFirst();
    }

    String issuer() {
        return issuer;
    }

    String subject() {
        return subject;
    }

    /** The audience that holds where the job names none. */
    String audience() {
        return audience;
    }

    /** Tells whether AWS, set up for this CI system, takes tokens for the audience. */
    boolean isForAws(String named) {
        boolean chooses = this == GITHUB || this == BUILDKITE;
        return named.equals(AWS) || (!chooses && named.equals(audience));
    }

    /**
     * Returns the variables of the job.
     *
     * @param front address of the embedded ECR
     * @param secret the job's own token, which requests are made with
     * @param token an identity token, for a job that has it in a variable
     */
    Map<String, String> variables(String front, String secret, String token) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(marker, "true");
        variables.putAll(
                switch (this) {
                    case GITHUB -> gitHub(front, secret);
                    case GITLAB -> Map.of("AWS_ID_TOKEN", token);
                    case BITBUCKET -> Map.of("BITBUCKET_STEP_OIDC_TOKEN", token);
                    case CIRCLECI -> Map.of("CIRCLE_OIDC_TOKEN_V2", token);
                    case BUILDKITE -> buildkite(front, secret);
                    case AZURE -> azure(front, secret);
                });
        return variables;
    }

    private static Map<String, String> gitHub(String front, String secret) {
        return Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                front + TokenEndpoint.GITHUB + "?api-version=2.0",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                secret);
    }

    private static Map<String, String> buildkite(String front, String secret) {
        return Map.of(
                "BUILDKITE_AGENT_ENDPOINT",
                front + TokenEndpoint.BUILDKITE,
                "BUILDKITE_AGENT_ACCESS_TOKEN",
                secret,
                "BUILDKITE_JOB_ID",
                "00000000-0000-0000-0000-000000000004");
    }

    private static Map<String, String> azure(String front, String secret) {
        return Map.of(
                "SYSTEM_OIDCREQUESTURI",
                front + TokenEndpoint.AZURE,
                "SYSTEM_ACCESSTOKEN",
                secret,
                "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
                "00000000-0000-0000-0000-000000000005");
    }
}
