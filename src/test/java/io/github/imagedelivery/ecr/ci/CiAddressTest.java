package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a secret of the job is sent, and where not, whatever a variable says. */
class CiAddressTest {
    private static final List<String> DOMAINS = List.of("actions.githubusercontent.com", "git.example.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pipelines.actions.githubusercontent.com/abc//idtoken/1?api-version=2.0",
                "https://RUN-actions-1.Actions.GitHubUserContent.com/1",
                "https://git.example.com:8443/_services/pipelines/1",
                "HTTPS://token.git.example.com/",
                "http://127.0.0.1:5050/token?api-version=2.0",
                "http://localhost:5050/",
                "http://[::1]:5050/",
                "https://127.0.0.1/"
            })
    void takesTheHostsOfTheCiSystemAndThisMachine(String address) throws IdentityException {
        assertThat(CiAddress.parse("URL", address, DOMAINS)).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://pipelines.actions.githubusercontent.com/ | does not begin with https://",
                "ftp://git.example.com/ | does not begin with https://",
                "https://evil.example/ | its host evil.example is not one",
                "https://actions.githubusercontent.com.evil.example/ | is not one of the CI system",
                "https://evilactions.githubusercontent.com/ | is not one of the CI system",
                "https://actions.githubusercontent.com./ | is not one of the CI system",
                "https://169.254.169.254/latest/meta-data/ | its host 169.254.169.254 is not one",
                "https://[fe80::1]/ | is not one of the CI system",
                "http://[::ffff:127.0.0.1]/ | does not begin with https://",
                "http://127.0.0.1.nip.io/ | does not begin with https://",
                "http://2130706433/ | does not begin with https://",
                "https://git.example.com@evil.example/ | is not a URL of scheme",
                "https://user:secret@git.example.com/ | is not a URL of scheme",
                "https://git.example.com/#secret | is not a URL of scheme",
                "https://evil.example\\@git.example.com/ | is not a URL",
                "https://git.ex\u0430mple.com/ | is not a URL of scheme",
                "//git.example.com/ | does not begin with https://",
                "git.example.com | is not a URL of scheme",
                "file:///etc/passwd | is not a URL of scheme",
                "https:git.example.com | is not a URL of scheme",
                "'https://git.example.com/ secret' | is not a URL",
                "'' | is not a URL of scheme"
            })
    void refusesAnyOther(String address, String reason) {
        assertThatThrownBy(() -> CiAddress.parse("URL", address, DOMAINS))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.remedy())
                                .contains("actions.githubusercontent.com or git.example.com")
                                .contains("ecr.identityTokenFile"))
                .hasMessageStartingWith("URL is not used: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret@")
                .hasMessageNotContaining("#secret");
    }
}
