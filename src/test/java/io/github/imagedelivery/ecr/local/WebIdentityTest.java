package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The way from a CI job's identity token to a signed request, without any stored secret. */
class WebIdentityTest {
    private static final String AUDIENCE = "sts.amazonaws.com";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private LocalEcr ecr;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        ecr = LocalEcr.builder().clock(clock).start();
        client = new Client(ecr);
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
    }

    private HttpResponse<String> askForToken(String audience, String requestToken) throws Exception {
        String url = ecr.environment().get("ACTIONS_ID_TOKEN_REQUEST_URL");
        return client.send(HttpRequest.newBuilder(URI.create(url + "&audience=" + audience))
                .header("Authorization", "bearer " + requestToken));
    }

    private String token(String audience) throws Exception {
        String requestToken = ecr.environment().getOrDefault("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "");
        return Client.json(askForToken(audience, requestToken))
                .get("value")
                .text()
                .orElseThrow();
    }

    private Map<String, String> assumeRole(String token) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", "AssumeRoleWithWebIdentity");
        form.put("Version", "2011-06-15");
        form.put("RoleArn", "arn:aws:iam::123456789012:role/ci/publisher");
        form.put("RoleSessionName", "build-42");
        form.put("WebIdentityToken", token);
        return form;
    }

    private HttpResponse<String> sts(Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return client.send(HttpRequest.newBuilder(ecr.endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String element(HttpResponse<String> response, String name) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(response.body());
        return matcher.find() ? matcher.group(1) : "";
    }

    private HttpResponse<String> describe(HttpResponse<String> session) throws Exception {
        return client.send(client.api("DescribeRepositories")
                .header("Authorization", Client.signature("ecr").replace("AKIATEST", element(session, "AccessKeyId")))
                .header("X-Amz-Security-Token", element(session, "SessionToken"))
                .header("X-Amz-Date", "20261123T120000Z")
                .POST(BodyPublishers.ofString("{}")));
    }

    @Test
    void mintsATokenWithTheClaimsOfAJob() throws Exception {
        String claims = token(AUDIENCE).split("\\.", -1)[1];

        Json json = Json.parse(Base64.getUrlDecoder().decode(claims));

        assertThat(json.get("aud").text()).contains(AUDIENCE);
        assertThat(json.get("iss").text()).contains("https://token.actions.githubusercontent.com");
        assertThat(json.get("sub").text()).contains("repo:local/app:ref:refs/heads/main");
        assertThat(json.get("exp").number())
                .hasValue(clock.instant().plusSeconds(300).getEpochSecond());
    }

    @Test
    void mintsNoTokenForAStranger() throws Exception {
        assertThat(askForToken(AUDIENCE, "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void turnsATokenIntoASessionThatMaySignRequests() throws Exception {
        HttpResponse<String> session = sts(assumeRole(token(AUDIENCE)));

        assertThat(element(session, "Arn")).isEqualTo("arn:aws:sts::123456789012:assumed-role/publisher/build-42");
        assertThat(element(session, "Expiration")).isEqualTo("2026-11-23T13:00:00Z");
        assertThat(describe(session).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(CiJob.class)
    void turnsATokenOfEachCiSystemIntoASession(CiJob job) throws Exception {
        String audience = job == CiJob.GITHUB || job == CiJob.BUILDKITE ? AUDIENCE : job.audience();

        HttpResponse<String> session = sts(assumeRole(ecr.identityToken(job, audience)));

        assertThat(element(session, "SubjectFromWebIdentityToken")).isEqualTo(job.subject());
        assertThat(element(session, "Provider"))
                .isEqualTo("arn:aws:iam::123456789012:oidc-provider/"
                        + job.issuer().substring("https://".length()));
        assertThat(describe(session).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB, https://github.com/local",
        "BUILDKITE, https://buildkite.com/local",
        "AZURE, 00000000-0000-0000-0000-000000000001"
    })
    void refusesATokenForAnAudienceThatAwsWasNotSetUpFor(CiJob job, String audience) throws Exception {
        assertThat(element(sts(assumeRole(ecr.identityToken(job, audience))), "Message"))
                .isEqualTo("Incorrect token audience");
    }

    @ParameterizedTest
    @EnumSource(CiJob.class)
    void givesAJobNoAccessKey(CiJob job) {
        assertThat(ecr.environment(job))
                .containsKey("AWS_ENDPOINT_URL_STS")
                .doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /azure/oidctoken?api-version=7.1&serviceConnectionId=1, Bearer, {}, 405",
        "POST, /azure/oidctoken?api-version=7.1, Bearer, {}, 400",
        "POST, /azure/oidctoken?api-version=7.1&serviceConnectionId=1, Token, {}, 401",
        "POST, /azure/oidctoken?api-version=7.1&serviceConnectionId=1, Bearer, '', 200",
        "POST, /buildkite/v3/jobs/1/oidc/tokens, Bearer, {}, 401",
        "POST, /buildkite/v3/jobs/1/oidc/tokens, Token, x, 422",
        "POST, /buildkite/v3/jobs/1/oidc/tokens, Token, {}, 201",
        "POST, /buildkite/v3/jobs/1/2/oidc/tokens, Token, {}, 404",
        "POST, /token, Bearer, {}, 405"
    })
    void expectsTheRequestOfTheCiSystem(String method, String path, String scheme, String body, int status)
            throws Exception {
        String secret = ecr.environment().getOrDefault("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "");

        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(ecr.endpoint().resolve(path))
                        .header("Authorization", scheme + " " + secret)
                        .method(method, BodyPublishers.ofString(body)));

        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void endsASession() throws Exception {
        HttpResponse<String> session = sts(assumeRole(token(AUDIENCE)));
        clock.move(Duration.ofHours(1));

        assertThat(Client.error(describe(session)))
                .isEqualTo("400 ExpiredTokenException: The security token included in the request is expired");
    }

    @Test
    void refusesAnExpiredToken() throws Exception {
        String token = token(AUDIENCE);
        clock.move(Duration.ofMinutes(5));

        assertThat(element(sts(assumeRole(token)), "Code")).isEqualTo("ExpiredTokenException");
    }

    @Test
    void refusesATokenForAnotherAudience() throws Exception {
        HttpResponse<String> response = sts(assumeRole(token("elsewhere")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(element(response, "Code")).isEqualTo("InvalidIdentityToken");
        assertThat(element(response, "Message")).isEqualTo("Incorrect token audience");
    }

    @Test
    void refusesATokenOfAnUnknownProvider() throws Exception {
        String claims =
                Base64.getUrlEncoder().encodeToString("{\"iss\":\"https://other\",\"exp\":9999999999}".getBytes(UTF_8));

        assertThat(element(sts(assumeRole("e30." + claims + ".x")), "Message"))
                .isEqualTo("No OpenIDConnect provider found in your account for https://other");
    }

    @Test
    void refusesATamperedToken() throws Exception {
        assertThat(element(sts(assumeRole(token(AUDIENCE) + "x")), "Code")).isEqualTo("InvalidIdentityToken");
    }

    @ParameterizedTest
    @CsvSource({
        "RoleArn, arn:aws:iam::999999999999:role/ci, 403, AccessDenied",
        "RoleArn, publisher, 400, ValidationError",
        "RoleSessionName, a b, 400, ValidationError",
        "WebIdentityToken, '', 400, ValidationError",
        "WebIdentityToken, abc, 400, InvalidIdentityToken",
        "DurationSeconds, 899, 400, ValidationError",
        "Action, GetSessionToken, 400, InvalidAction"
    })
    void refusesAnIllegalRequest(String field, String value, int status, String code) throws Exception {
        Map<String, String> form = assumeRole(token(AUDIENCE));
        form.put(field, value);

        HttpResponse<String> response = sts(form);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(element(response, "Code")).isEqualTo(code);
    }

    @Test
    void refusesToTellAnUnsignedCallerWhoItIs() throws Exception {
        HttpResponse<String> response = sts(Map.of("Action", "GetCallerIdentity"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(element(response, "Code")).isEqualTo("MissingAuthenticationToken");
    }
}
