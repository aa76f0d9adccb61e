package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.aws.ScriptedEcr.Request;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PublicLoginTest {
    private static final String OPERATION = "SpencerFrontendService.GetAuthorizationToken";
    /** {@code AWS:canary-password}. */
    private static final String TOKEN = "QVdTOmNhbmFyeS1wYXNzd29yZA==";

    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    private Optional<RegistryLogin> login() throws AwsException {
        return fixture.clients.publicLogin(fixture.exchanges::add);
    }

    private void answer(String token) {
        fixture.server.on(
                OPERATION,
                Reply.ok("{'authorizationData':{'authorizationToken':'" + token + "','expiresAt':1.7724096E9}}"));
    }

    @Test
    void givesTheUserAndThePassword() throws Exception {
        answer(TOKEN);

        assertThat(login().orElseThrow().basic()).isEqualTo(TOKEN);
    }

    @Test
    void signsForTheServiceAndItsOneRegion() throws Exception {
        answer(TOKEN);
        login();

        Request request = fixture.server.onlyRequest();
        assertThat(request.body()).hasToString("{}");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(request.headers().getFirst("X-Amz-Security-Token")).isEqualTo("canary-session");
        assertThat(request.headers().getFirst("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/us-east-1/ecr-public/aws4_request", "x-amz-target");
    }

    @Test
    void announcesTheTokenAndThePasswordAsSecrets() throws Exception {
        answer(TOKEN);
        login();

        assertThat(fixture.secrets).containsExactly(TOKEN, "canary-password");
    }

    @Test
    void tellsOfTheRequest() throws Exception {
        answer(TOKEN);
        login();

        assertThat(fixture.exchanges)
                .singleElement()
                .satisfies(exchange ->
                        assertThat(exchange.toString()).contains("ecr-public:GetAuthorizationToken", "200"));
    }

    @Test
    void tellsWhyAwsRefuses() {
        fixture.server.on(OPERATION, Reply.error("com.amazon#AccessDeniedException", "not authorized\ncanary-session"));

        assertThatThrownBy(this::login)
                .isInstanceOf(AwsException.class)
                .hasMessage("ecr-public:GetAuthorizationToken: AccessDeniedException: not authorized");
    }

    @Test
    void showsNothingOfALoginThatCannotBeRead() {
        answer("canary*");

        assertThatThrownBy(this::login)
                .isInstanceOf(AwsException.class)
                .hasMessage("ecr-public:GetAuthorizationToken: the answer's login cannot be read")
                .hasNoCause();
    }

    @Test
    void sendsTheKeysOfAnEmulatorNowhereElse() throws Exception {
        AwsSettings alone = new AwsSettings(
                Optional.of("eu-west-1"),
                Optional.of(EcrFixture.KEYS),
                Optional.of(fixture.server.endpoint()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                IdentityListener.NONE);
        try (EcrClients clients = EcrClients.create(alone, () -> EcrFixture.NOON)) {
            assertThat(clients.publicLogin(fixture.exchanges::add)).isEmpty();
        }
        assertThat(fixture.exchanges).isEmpty();
    }
}
