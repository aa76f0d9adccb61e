package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTokenTest {
    private static final String PAYLOAD = """
            {"jti":"1","sub":"repo:shop/orders:ref:refs/heads/main","aud":"sts.amazonaws.com","ref":"refs/heads/main",
             "repository_id":74,"run_attempt":"1","is_public":true,"nested":{"a":1},
             "iss":"https://token.actions.githubusercontent.com","exp":1764072000}""";

    @Test
    void readsWhatItSays() throws IdentityException {
        IdentityToken.Claims claims = IdentityToken.of(Tokens.of(PAYLOAD)).claims();

        assertThat(claims.issuer()).isEqualTo("https://token.actions.githubusercontent.com");
        assertThat(claims.subject()).isEqualTo("repo:shop/orders:ref:refs/heads/main");
        assertThat(claims.audiences()).containsExactly("sts.amazonaws.com");
        assertThat(claims.expiresAt()).contains(Instant.parse("2025-11-25T12:00:00Z"));
        assertThat(claims.others())
                .isEqualTo(Map.of("jti", "1", "ref", "refs/heads/main", "repository_id", "74", "run_attempt", "1"));
    }

    @Test
    void readsSeveralAudiences() throws IdentityException {
        assertThat(IdentityToken.of(Tokens.of("{\"aud\":[\"a\",7,\"b\"]}"))
                        .claims()
                        .audiences())
                .containsExactly("a", "b");
    }

    @Test
    void takesATokenThatSaysNothing() throws IdentityException {
        assertThat(IdentityToken.of(Tokens.of("{}")).claims().issuer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999", "\"soon\"", "1.5", "null"})
    void knowsNoEndThatIsNoTime(String end) throws IdentityException {
        assertThat(IdentityToken.of(Tokens.of("{\"exp\":" + end + "}")).claims().expiresAt())
                .isEmpty();
    }

    @Test
    void overlooksTheLineBreakThatAFileEndsWith() throws IdentityException {
        assertThat(IdentityToken.of(Tokens.of("{}") + "\n").value()).isEqualTo(Tokens.of("{}"));
    }

    @Test
    void showsItsIssuerAlone() throws IdentityException {
        assertThat(IdentityToken.of(Tokens.of(PAYLOAD)))
                .hasToString("identity token of https://token.actions.githubusercontent.com");
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(" \n", "is empty"),
                Arguments.of("a".repeat(20_001), "has 20001 characters; AWS takes 20000 at most"),
                Arguments.of("AKIASECRETSECRETSECR", "it has 1 parts instead of 3"),
                Arguments.of(Tokens.of("{}") + ".x", "it has 4 parts instead of 3"),
                Arguments.of("secret!." + Tokens.encoded("{}") + ".x", "its header is not base64url"),
                Arguments.of("c2VjcmV0.c2VjcmV0.c2VjcmV0", "its header is not JSON"),
                Arguments.of(Tokens.of("[]"), "its payload is not a JSON object"),
                Arguments.of(Tokens.of("secret"), "its payload is not JSON"),
                Arguments.of(
                        Tokens.encoded("{}") + "." + Tokens.encoded("{}") + ".sec+ret", "signature is not base64url"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void refusesWhatIsNoTokenWithoutShowingIt(String text, String reason) {
        assertThatThrownBy(() -> IdentityToken.of(text))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("ecret")
                .hasMessageNotContaining("SECRET")
                .hasMessageNotContaining(Tokens.SIGNATURE);
    }

    @Test
    void tellsWhatATokenIs() {
        assertThatThrownBy(() -> IdentityToken.of("abc"))
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.remedy()).contains("three parts of base64url"));
    }
}
