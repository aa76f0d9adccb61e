package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK is kept from this machine's own AWS configuration by its system properties. */
class EcrClientsTest {
    private static final AwsSettings NOTHING = new AwsSettings(Optional.empty(), Optional.empty(), Optional.empty());
    private static final String DESCRIBED = "{'repositories':[{'repositoryName':'shop/orders'}]}";

    @TempDir
    Path directory;

    private final Map<String, Optional<String>> before = new HashMap<>();

    @BeforeEach
    void hideTheMachinesConfiguration() {
        set("aws.disableEc2Metadata", "true");
        set("aws.configFile", directory.resolve("config").toString());
        set("aws.sharedCredentialsFile", directory.resolve("credentials").toString());
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) ->
                value.ifPresentOrElse(old -> System.setProperty(name, old), () -> System.clearProperty(name)));
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        System.setProperty(name, value);
    }

    private static EcrClients clients(AwsSettings settings) {
        return EcrClients.create(settings, () -> EcrFixture.NOON);
    }

    private static AwsSettings settings(Optional<AwsKeys> keys, URI endpoint) {
        return new AwsSettings(Optional.of("eu-west-1"), keys, Optional.of(endpoint));
    }

    @Test
    void saysWhereItLookedForARegion() {
        try (EcrClients clients = clients(NOTHING)) {
            assertThatThrownBy(() -> clients.open(Optional.empty(), Exchange.Listener.NONE))
                    .isInstanceOfSatisfying(
                            AwsException.class, e -> assertThat(e.isDefinite()).isTrue())
                    .hasMessage("no AWS region: looked at ecr.region, aws.region, AWS_REGION, AWS_DEFAULT_REGION,"
                            + " the AWS profile and the EC2 instance metadata")
                    .extracting("code")
                    .isEqualTo(AwsException.NO_REGION);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-west-1.evil.com/", "x@evil.com", "EU-WEST-1", "frankfurt", ""})
    void refusesWhatIsNoRegion(String region) {
        try (EcrClients clients = clients(NOTHING)) {
            assertThatThrownBy(() -> clients.open(Optional.of(region), Exchange.Listener.NONE))
                    .isInstanceOf(AwsException.class)
                    .hasMessage("\"" + region + "\" is not an AWS region; an id like eu-west-1 is expected");
        }
    }

    @Test
    void prefersTheRegionGivenToThatOfTheSettingsAndThatToTheProfiles() throws Exception {
        Files.writeString(directory.resolve("config"), "[default]\nregion = eu-north-1\n");
        try (ScriptedEcr server = new ScriptedEcr()) {
            server.on("DescribeRepositories", Reply.ok(DESCRIBED));
            Optional<AwsKeys> keys = Optional.of(EcrFixture.KEYS);
            Optional<URI> endpoint = Optional.of(server.endpoint());
            AwsSettings silent = new AwsSettings(Optional.empty(), keys, endpoint);
            try (EcrClients configured = clients(settings(keys, server.endpoint()));
                    EcrClients profiled = clients(silent)) {
                configured
                        .open(Optional.of("us-east-1"), Exchange.Listener.NONE)
                        .describe(ORDERS);
                configured.open(Optional.empty(), Exchange.Listener.NONE).describe(ORDERS);
                profiled.open(Optional.empty(), Exchange.Listener.NONE).describe(ORDERS);
            }
            assertThat(server.requests())
                    .extracting(request ->
                            request.headers().getFirst("Authorization").split("/", -1)[2])
                    .containsExactly("us-east-1", "eu-west-1", "eu-north-1");
        }
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
    void saysWhichSourcesOfCredentialsWereTried() throws Exception {
        AwsException thrown = withoutKeys();

        assertThat(thrown)
                .hasMessage("ecr:PutImage: no AWS credentials: tried system properties (aws.accessKeyId), environment"
                        + " variables (AWS_ACCESS_KEY_ID), web identity token file (AWS_WEB_IDENTITY_TOKEN_FILE),"
                        + " profile (AWS_PROFILE, ~/.aws), container (AWS_CONTAINER_CREDENTIALS_FULL_URI),"
                        + " EC2 instance metadata; none is configured");
        assertThat(thrown.code()).isEqualTo(AwsException.NO_CREDENTIALS);
        assertThat(thrown.isDefinite()).isTrue();
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
    void saysWhyASourceThatIsConfiguredGaveNoCredentials() throws Exception {
        Files.writeString(
                directory.resolve("credentials"),
                "[default]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = nope\nextra = canary\n");

        assertThat(withoutKeys())
                .hasMessageEndingWith("; profile (AWS_PROFILE, ~/.aws): The source profile of 'default' was configured"
                        + " to be 'nope', but that source profile has no credentials configured.")
                .hasMessageNotContaining("canary");
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
    void saysThatTheNamedProfileIsNotThere() throws Exception {
        Files.writeString(directory.resolve("credentials"), "[other]\naws_access_key_id = canary\n");
        set("aws.profile", "typo");

        assertThat(withoutKeys())
                .hasMessageEndingWith("; profile (AWS_PROFILE, ~/.aws): Profile file contained no credentials for"
                        + " profile 'typo'");
    }

    private static AwsException withoutKeys() throws Exception {
        try (ScriptedEcr server = new ScriptedEcr();
                EcrClients clients = clients(settings(Optional.empty(), server.endpoint()))) {
            Ecr ecr = clients.open(Optional.empty(), Exchange.Listener.NONE);
            AwsException thrown =
                    catchThrowableOfType(AwsException.class, () -> ecr.putImage(ORDERS, EcrFixture.manifest("one")));
            assertThat(server.requests()).isEmpty();
            return thrown;
        }
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
    void findsTheCredentialsOfTheProfileOnce() throws Exception {
        Path file = directory.resolve("credentials");
        Files.writeString(file, "[default]\naws_access_key_id = FROMPROFILE\naws_secret_access_key = canary\n");
        try (ScriptedEcr server = new ScriptedEcr();
                EcrClients clients = clients(settings(Optional.empty(), server.endpoint()))) {
            server.on("DescribeRepositories", Reply.ok(DESCRIBED));
            clients.open(Optional.empty(), Exchange.Listener.NONE).describe(ORDERS);
            clients.open(Optional.of("us-east-1"), Exchange.Listener.NONE).describe(ORDERS);

            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.headers().getFirst("Authorization"))
                            .contains("Credential=FROMPROFILE/"));
        }
    }

    /** By the SDK's client of STS, which it finds by reflection. */
    @Test
    @DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
    void assumesTheRoleOfAProfile() throws Exception {
        Files.writeString(directory.resolve("config"), """
                [default]
                region = eu-central-1
                role_arn = arn:aws:iam::123456789012:role/ci
                source_profile = base
                [profile base]
                aws_access_key_id = AKIAFROMPROFILE0000
                aws_secret_access_key = canary
                """);
        try (LocalEcr local = LocalEcr.builder().start()) {
            local.createRepository("shop/orders");
            set("aws.endpointUrlSts", local.endpoint().toString());
            try (EcrClients clients = clients(settings(Optional.empty(), local.endpoint()))) {
                clients.open(Optional.of("eu-central-1"), Exchange.Listener.NONE)
                        .describe(ORDERS);
            }
            assertThat(local.requests())
                    .extracting(RecordedRequest::kind)
                    .containsExactly("sts:AssumeRole", "ecr:DescribeRepositories");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com, api.ecr.eu-west-1.amazonaws.com",
        "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com, api.ecr-fips.us-east-1.amazonaws.com",
        "123456789012.dkr-ecr.eu-west-1.on.aws, ecr.eu-west-1.api.aws",
        "123456789012.dkr-ecr-fips.us-east-1.on.aws, ecr-fips.us-east-1.api.aws",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, api.ecr.cn-north-1.amazonaws.com.cn",
        "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com, api.ecr.us-gov-west-1.amazonaws.com",
        "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu, api.ecr.eusc-de-east-1.amazonaws.eu"
    })
    void asksTheEndpointThatBelongsToTheRegistrysHost(String host, String api) throws Exception {
        try (RefusingProxy proxy = new RefusingProxy()) {
            set("https.proxyHost", "127.0.0.1");
            set("https.proxyPort", Integer.toString(proxy.port()));
            AwsSettings keys = new AwsSettings(Optional.empty(), Optional.of(EcrFixture.KEYS), Optional.empty());
            try (EcrClients clients = clients(keys)) {
                Ecr ecr = clients.open(EcrHost.parse(host), Exchange.Listener.NONE);
                assertThatThrownBy(() -> ecr.putImage(ORDERS, EcrFixture.manifest("one")))
                        .isInstanceOf(AwsException.class);
                assertThat(ecr.dataPlane()).isEqualTo(URI.create("https://" + host));
            }
            assertThat(proxy.connects()).containsExactly("CONNECT " + api + ":443 HTTP/1.1");
        }
    }

    @Test
    void asksThisMachineWithoutTheProxy() throws Exception {
        set("http.proxyHost", "127.0.0.1");
        set("http.proxyPort", "9");
        set("http.nonProxyHosts", "none.example");
        try (EcrFixture fixture = EcrFixture.open()) {
            fixture.server.on("DescribeRepositories", Reply.ok(DESCRIBED));

            assertThat(fixture.ecr.describe(ORDERS).name()).isEqualTo(ORDERS);
        }
    }

    @Test
    void refusesPlainHttpThatTheProfileAsksFor() throws Exception {
        Files.writeString(directory.resolve("config"), "[default]\nendpoint_url = http://ecr.example.com\n");
        AwsSettings keys = new AwsSettings(Optional.empty(), Optional.of(EcrFixture.KEYS), Optional.empty());
        List<Exchange> exchanges = new ArrayList<>();
        try (EcrClients clients = clients(keys)) {
            Ecr ecr = clients.open(Optional.of("eu-west-1"), exchanges::add);

            assertThatThrownBy(() -> ecr.describe(ORDERS))
                    .isInstanceOfSatisfying(
                            AwsException.class, e -> assertThat(e.code()).isEqualTo(AwsException.NOT_SENT))
                    .hasMessageContaining("endpoint_url of the AWS profile must begin with https://");
            assertThat(exchanges).isEmpty();
        }
    }
}
