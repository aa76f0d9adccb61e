package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.SecretFinding.Weight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFindingTest {
    private static final String CONTENT = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg";

    @TempDir
    private Path directory;

    private TestApplication application;

    @BeforeEach
    void writeAnApplication() {
        application = TestApplication.in(directory);
    }

    @Test
    void findsNothingInAnOrdinaryApplication() throws Exception {
        application
                .file("application.yml", "spring.datasource.password: ${DB_PASSWORD}\n")
                .file("keys/README.md", "The header of a key is -----BEGIN PRIVATE KEY-----, that of an id AKIA.\n")
                .file("docs/aws.txt", "for example AKIAIOSFODNN7EXAMPLE\n");

        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                ".ENV",
                "config/.env",
                ".env.production",
                "id_rsa",
                "keys/id_ed25519",
                "id_ecdsa_sk",
                ".netrc",
                "_netrc",
                ".git-credentials",
                ".pgpass",
                ".pypirc",
                ".dockercfg",
                "WEB-INF/.htpasswd",
                "settings-security.xml",
                "vault.kdbx",
                ".aws/credentials",
                "home/.aws/credentials",
                ".docker/config.json",
                ".kube/config",
                ".m2/settings.xml",
                ".ssh/deploy",
                ".gnupg/secring.gpg"
            })
    void findsAFileWhoseNameStandsForLogins(String name) throws Exception {
        application.file(name, "anything");

        assertThat(files())
                .containsExactly(new SecretFinding(
                        "the file",
                        "/app/resources/" + name,
                        "a file of that name holds logins or keys",
                        Weight.CERTAIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env.example",
                "environment",
                "id_rsa.pub",
                ".ssh/known_hosts",
                ".ssh/id.pub",
                "aws/credentials",
                "config.json",
                "settings.xml",
                "keystore.properties",
                "messages_key.properties"
            })
    void takesNoSimilarNameForOne(String name) throws Exception {
        application.file(name, "<settings><theme>dark</theme></settings>");

        assertThat(files()).isEmpty();
    }

    static String[] contents() {
        return new String[] {
            key("PRIVATE KEY", "\n") + CONTENT,
            key("RSA PRIVATE KEY", "\r\n") + CONTENT,
            key("EC PRIVATE KEY", "\n    ") + CONTENT,
            key("OPENSSH PRIVATE KEY", "\n") + CONTENT,
            key("ENCRYPTED PRIVATE KEY", "\n") + CONTENT,
            key("RSA PRIVATE KEY", "\n") + "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + CONTENT,
            key("PGP PRIVATE KEY BLOCK", "\n") + "Version: 1\n\n" + CONTENT,
            "{\"private_key\": \"" + key("PRIVATE KEY", "\\n") + CONTENT + "\"}",
            "public first\n" + key("CERTIFICATE", "\n") + CONTENT + "\n" + key("PRIVATE KEY", "\n") + CONTENT,
            "PuTTY-User-Key-" + "File-3: ssh-ed25519",
            "aws.key=AKIA" + "QQQQQQQQQQQQQQQQ",
            "key: \"ASIA" + "QQQQQQQQQQQQQQQQ\"",
            "token=ghp_" + "a".repeat(36),
            "token=github_pat_" + "a".repeat(40),
            "token=glpat-" + "a".repeat(20),
            "token=xoxb-" + "1".repeat(20)
        };
    }

    @ParameterizedTest
    @MethodSource("contents")
    void findsASecretByItsForm(String content) throws Exception {
        application.file("application.txt", content);

        assertThat(files()).singleElement().satisfies(found -> {
            assertThat(found.name()).isEqualTo("/app/resources/application.txt");
            assertThat(found.why()).startsWith("it holds a");
            assertThat(found.weight()).isEqualTo(Weight.CERTAIN);
        });
    }

    @Test
    void findsASecretInAClass() throws Exception {
        application.file("demo/Keys.class", ("\u0001\u0000\u0014AKIA" + "QQQQQQQQQQQQQQQQ\u0001").getBytes(ISO_8859_1));

        assertThat(files()).extracting(SecretFinding::name).containsExactly("/app/classes/demo/Keys.class");
    }

    @Test
    void doesNotTakeAClassThatReadsKeysForAKey() throws Exception {
        String constants =
                "\u0001\u0000\u001b" + key("PRIVATE KEY", "") + "\n\u0000\u0005java/security/interfaces/RSAPrivateKeyX";
        application.file("demo/Keys.class", constants.getBytes(ISO_8859_1));

        assertThat(files()).isEmpty();
    }

    @Test
    void tellsMavensSettingsFromOthers() throws Exception {
        application.file("settings.xml", "<settings><servers><server><id>x</id></server></servers></settings>");

        assertThat(files()).extracting(SecretFinding::why).containsExactly("it is Maven's, with logins of servers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.p12", "a.pfx", "tls/Server.JKS", "a.jceks", "a.keystore", "a.pem", "a.key", "a.ppk"})
    void suspectsWhatMayHoldAKey(String name) throws Exception {
        application.file(name, "binary");

        assertThat(files()).extracting(SecretFinding::weight).containsExactly(Weight.POSSIBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY", "X509 CRL"})
    void letsPublicPartsPass(String title) throws Exception {
        application.file("ca.pem", key(title, "\n") + CONTENT);

        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DB_PASSWORD, hunter2",
        "db.password, hunter2",
        "keyStorePassword, changeit",
        "API_KEY, 0123abcd",
        "AWS_SECRET_ACCESS_KEY, local",
        "GITHUB_TOKEN, abcd",
        "client-secret, abcd",
        "X, ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "URL, postgres://app:hunter2@db/orders"
    })
    void findsASecretInEverySetting(String name, String value) throws Exception {
        String pair = name + "=" + value;
        ContainerSettings container = new ContainerSettings(
                Optional.of(List.of("app", "--" + pair)),
                List.of("-D" + pair),
                List.of("--" + pair),
                Map.of(name, value),
                List.of(),
                Optional.empty(),
                Optional.empty());

        List<SecretFinding> found = new ArrayList<>(find(container));
        found.addAll(SecretFinding.inLabels(Map.of(name, value)));
        found.addAll(SecretFinding.inAnnotations(Map.of(name, value)));

        assertThat(found)
                .extracting(SecretFinding::what)
                .containsExactly(
                        "the variable",
                        "the JVM flag",
                        "the argument",
                        "the entrypoint's",
                        "the label",
                        "the annotation");
        assertThat(found.toString()).doesNotContain(value);
    }

    @ParameterizedTest
    @CsvSource({
        "DB_PASSWORD, ''",
        "DB_PASSWORD, ${PASSWORD}",
        "DB_PASSWORD, $(cat /run/secret)",
        "DB_PASSWORD, /run/secrets/db",
        "DB_PASSWORD_FILE, secret.txt",
        "DB_SECRET, arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
        "CHECK_TOKEN, true",
        "MAX_TOKEN, 100",
        "TOKEN_URL, https://login.example/token",
        "SECRETARY, Ada",
        "KEYBOARD, de",
        "URL, postgres://db/orders",
        "URL, postgres://app:${PASSWORD}@db/orders"
    })
    void findsNoneWhereTheSettingLeadsToItOnly(String name, String value) throws Exception {
        assertThat(find(variables(Map.of(name, value)))).isEmpty();
        assertThat(SecretFinding.inLabels(Map.of(name, value))).isEmpty();
    }

    @Test
    void showsANameFromOutsideOnOneLine() throws Exception {
        assertThat(find(variables(Map.of("A\n::error::PASSWORD", "x1y2"))))
                .extracting(SecretFinding::toString)
                .containsExactly("the variable A ::error::PASSWORD (a value of that name is a secret)");
    }

    /** Put together here, so that no file of this project looks like what it looks for. */
    private static String key(String title, String lineBreak) {
        return "-----BEGIN " + title + "-----" + lineBreak;
    }

    private static ContainerSettings variables(Map<String, String> variables) {
        return new ContainerSettings(
                Optional.empty(), List.of(), List.of(), variables, List.of(), Optional.empty(), Optional.empty());
    }

    private List<SecretFinding> files() throws Exception {
        return find(ContainerSettings.DEFAULT);
    }

    private List<SecretFinding> find(ContainerSettings container) throws Exception {
        JavaApplication java = new JavaApplication(application.classes(), List.of(), TestApplication.MAIN_CLASS, 17);
        return SecretFinding.in(java, container);
    }
}
