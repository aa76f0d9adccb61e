package io.github.imagedelivery.ecr.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.ci.IdentityRequest.Expectation;
import io.github.imagedelivery.ecr.ci.TokenRequest.Authorization;
import io.github.imagedelivery.ecr.oci.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The CI systems that give a job an identity token when it asks for one, over HTTP. */
final class TokensOnRequest {
    private static final String GITHUB_REMEDY = """
            let the job ask for an identity token, in its workflow:
                permissions:
                  id-token: write
                  contents: read
              A reusable workflow needs this in the workflow that calls it, too.
              The run for a pull request from a fork gets none, whatever the workflow says: do not publish from there.""";

    private static final String BUILDKITE_REMEDY =
            "run Maven where the agent's variables are, or pass BUILDKITE, BUILDKITE_JOB_ID, BUILDKITE_AGENT_ENDPOINT and"
                    + " BUILDKITE_AGENT_ACCESS_TOKEN into the container";

    private static final String AZURE_REMEDY = """
            give the step the job's access token and the id of a service connection that the pipeline may use:
                - script: mvn -B deploy
                  env:
                    SYSTEM_ACCESSTOKEN: $(System.AccessToken)
                    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: 00000000-0000-0000-0000-000000000000""";

    private TokensOnRequest() {}

    static IdentitySource gitHub(Variables variables, IdentitySettings settings) throws IdentityException {
        String variable = "ACTIONS_ID_TOKEN_REQUEST_URL";
        String name = "GitHub Actions (" + variable + ")";
        String url = required(variables, variable, new Source(name, GITHUB_REMEDY));
        String secret = required(variables, "ACTIONS_ID_TOKEN_REQUEST_TOKEN", new Source(name, GITHUB_REMEDY));
        List<String> domains = domains(variables, "GITHUB_SERVER_URL", "actions.githubusercontent.com");
        URI base = CiAddress.parse(variable, url, domains);
        String parameter = (base.getRawQuery() == null ? "?" : "&") + "audience=" + encoded(settings.audience());
        return new IdentityRequest(
                name,
                new TokenRequest(
                        "GET",
                        URI.create(url + parameter),
                        new Authorization("Bearer", secret),
                        Optional.empty(),
                        settings.proxies()),
                new Expectation("value", GITHUB_REMEDY),
                IdentityRequest::sleep);
    }

    /** The request that {@code buildkite-agent oidc request-token} makes. */
    static IdentitySource buildkite(Variables variables, IdentitySettings settings) throws IdentityException {
        String variable = "BUILDKITE_AGENT_ENDPOINT";
        String name = "Buildkite (" + variable + ")";
        Source source = new Source(name, BUILDKITE_REMEDY);
        String endpoint = variables.value(variable).orElse("https://agent.buildkite.com/v3");
        String job = required(variables, "BUILDKITE_JOB_ID", source);
        String secret = required(variables, "BUILDKITE_AGENT_ACCESS_TOKEN", source);
        CiAddress.parse(variable, endpoint, List.of("buildkite.com"));
        String address = endpoint.replaceFirst("/+$", "") + "/jobs/" + encoded(job) + "/oidc/tokens";
        Json body = Json.object().with("audience", Json.of(settings.audience()));
        return new IdentityRequest(
                name,
                new TokenRequest(
                        "POST",
                        CiAddress.parse(variable, address, List.of("buildkite.com")),
                        new Authorization("Token", secret),
                        Optional.of(body),
                        settings.proxies()),
                new Expectation("token", BUILDKITE_REMEDY),
                IdentityRequest::sleep);
    }

    /** Azure DevOps chooses the audience itself; the service connection is the subject. */
    static IdentitySource azure(Variables variables, IdentitySettings settings) throws IdentityException {
        String variable = "SYSTEM_OIDCREQUESTURI";
        String name = "Azure Pipelines (" + variable + ")";
        Source source = new Source(name, AZURE_REMEDY);
        String url = required(variables, variable, source);
        String secret = required(variables, "SYSTEM_ACCESSTOKEN", source);
        String connection = required(variables, "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", source);
        List<String> domains = domains(variables, "SYSTEM_COLLECTIONURI", "dev.azure.com", "visualstudio.com");
        String query = "?api-version=7.1&serviceConnectionId=" + encoded(connection);
        return new IdentityRequest(
                name,
                new TokenRequest(
                        "POST",
                        CiAddress.parse(variable, url + query, domains),
                        new Authorization("Bearer", secret),
                        Optional.empty(),
                        settings.proxies()),
                new Expectation("oidcToken", AZURE_REMEDY),
                IdentityRequest::sleep);
    }

    private record Source(String name, String remedy) {}

    private static String required(Variables variables, String variable, Source source) throws IdentityException {
        return variables
                .value(variable)
                .orElseThrow(() -> new IdentityException(
                        source.name + ": the job cannot ask for an identity token: " + variable + " is not set",
                        source.remedy));
    }

    /** The domains of the service, and the host of an installation of one's own, which the variable names. */
    private static List<String> domains(Variables variables, String server, String... domains) {
        List<String> all = new ArrayList<>(List.of(domains));
        CiAddress.host(variables.value(server)).ifPresent(all::add);
        return all;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
