package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.fuzz.Foreign;
import io.github.imagedelivery.ecr.fuzz.Fuzz;
import io.github.imagedelivery.ecr.fuzz.Guard;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Fuzz
class IdentityFuzzTest {
    private static final String PAYLOAD =
            "{\"iss\":\"https://token.actions.githubusercontent.com\",\"sub\":\"repo:a/b\","
                    + "\"aud\":[\"sts.amazonaws.com\"],\"exp\":1764072000,\"repository_id\":\"74\",\"run\":{\"a\":1}}";
    private static final List<String> DOMAINS = List.of("ci.example.com");

    @Provide
    Arbitrary<String> tokens() throws FormatException {
        return Arbitraries.oneOf(
                Foreign.damaged(Tokens.of(PAYLOAD)),
                Foreign.damaged(PAYLOAD).map(Tokens::of),
                Foreign.changed(Json.parse(PAYLOAD)).map(Json::toString).map(Tokens::of));
    }

    @Provide
    Arbitrary<String> addresses() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "https://ci.example.com/idtoken?a=b",
                        "https://a.ci.example.com:8443/",
                        "http://127.0.0.1:80/",
                        "https://ci.example.com@evil.example/",
                        "https://evil.example/.ci.example.com"));
    }

    @Provide
    Arbitrary<String> secrets() {
        return Foreign.secrets();
    }

    @Property(tries = 6000)
    void readsATokenOrRefusesItWithoutShowingIt(@ForAll("tokens") String token) {
        Optional<IdentityException> refusal = Guard.read(
                IdentityException.class,
                () -> assertThat(IdentityToken.of(token).toString())
                        .startsWith("identity token of ")
                        .hasSizeLessThan(250)
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));

        refusal.ifPresent(e -> assertThat(Foreign.gives(e.getMessage(), token)).isFalse());
    }

    @Property(tries = 6000)
    void sendsASecretToTheCiSystemAndThisMachineAlone(@ForAll("addresses") String text) {
        Guard.read(IdentityException.class, () -> {
            String host = String.valueOf(CiAddress.parse("URL", text, DOMAINS).getHost());
            assertThat(host.toLowerCase(Locale.ROOT))
                    .matches("(.+\\.)?ci\\.example\\.com|localhost|127\\.[0-9.]+|\\[::1]");
        });
    }

    @Property(tries = 400)
    void doesNotShowASecretThatWasPutInTheWrongPlace(@ForAll("secrets") String secret) {
        for (Map<String, String> environment : List.of(
                Map.of("GITLAB_CI", "true", "AWS_ID_TOKEN", secret),
                Map.of("BITBUCKET_BUILD_NUMBER", "1", "BITBUCKET_STEP_OIDC_TOKEN", "x" + secret))) {
            Guard.read(
                            IdentityException.class,
                            () -> IdentitySource.detect(environment, IdentitySettings.DEFAULT)
                                    .orElseThrow()
                                    .fetch())
                    .ifPresent(e -> assertThat(Foreign.gives(e.getMessage() + e.remedy(), secret))
                            .isFalse());
        }
    }
}
