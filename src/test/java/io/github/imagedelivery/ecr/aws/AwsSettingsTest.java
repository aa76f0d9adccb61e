package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsSettingsTest {
    private static final Map<String, String> NONE = Map.of();

    @Test
    void isEmptyWhereNothingIsConfigured() throws Exception {
        assertThat(AwsSettings.of(NONE, Map.of("AWS_REGION", " ")))
                .isEqualTo(new AwsSettings(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "aws.region=p, AWS_REGION=v AWS_DEFAULT_REGION=d, p",
        "'', AWS_REGION=v AWS_DEFAULT_REGION=d, v",
        "'', AWS_DEFAULT_REGION=d, d"
    })
    void takesTheRegionFromTheFirstThatNamesIt(String properties, String variables, String region) throws Exception {
        assertThat(AwsSettings.of(map(properties), map(variables)).region()).contains(region);
    }

    @ParameterizedTest
    @CsvSource({
        "aws.endpointUrlEcr=https://a aws.endpointUrl=https://b, AWS_ENDPOINT_URL_ECR=https://c, https://a",
        "aws.endpointUrl=https://b, AWS_ENDPOINT_URL_ECR=https://c AWS_ENDPOINT_URL=https://d, https://c",
        "aws.endpointUrl=https://b, AWS_ENDPOINT_URL=https://d, https://b",
        "'', AWS_ENDPOINT_URL=https://d, https://d"
    })
    void takesTheEndpointFromTheFirstThatNamesIt(String properties, String variables, URI endpoint) throws Exception {
        assertThat(AwsSettings.of(map(properties), map(variables)).ecrEndpoint())
                .contains(endpoint);
    }

    @Test
    void tellsTheEndpointsOfEcrAndStsApart() throws Exception {
        AwsSettings settings = AwsSettings.of(
                Map.of("aws.endpointUrlSts", "http://127.0.0.1:2"),
                Map.of("AWS_ENDPOINT_URL_ECR", "http://127.0.0.1:1"));

        assertThat(settings.ecrEndpoint()).contains(URI.create("http://127.0.0.1:1"));
    }

    @ParameterizedTest
    @CsvSource({
        "aws.endpointUrlEcrPublic=https://a, AWS_ENDPOINT_URL_ECR_PUBLIC=https://b, https://a",
        "'', AWS_ENDPOINT_URL_ECR_PUBLIC=https://b AWS_ENDPOINT_URL_ECR=https://c, https://b"
    })
    void takesTheEndpointOfEcrPublicByItsOwnName(String properties, String variables, URI endpoint) throws Exception {
        assertThat(AwsSettings.of(map(properties), map(variables)).publicEndpoint())
                .contains(endpoint);
    }

    @Test
    void refusesToLeadTheSdkToStsOverPlainHttp() {
        assertThatThrownBy(() -> AwsSettings.of(Map.of("aws.endpointUrlSts", "http://sts.example.com"), NONE))
                .hasMessageStartingWith("aws.endpointUrlSts must begin with https://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ecr.example.com",
                "https://10.0.0.1:8443/",
                "http://localhost:4566",
                "http://LOCALHOST:4566",
                "http://127.0.0.1:4566",
                "http://127.1.2.3",
                "http://[::1]:4566"
            })
    void allowsHttpsAnywhereAndHttpOnThisMachine(String url) throws Exception {
        assertThat(AwsSettings.of(NONE, Map.of("AWS_ENDPOINT_URL_ECR", url)).ecrEndpoint())
                .contains(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ecr.example.com",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://127.0.0.1@example.com",
                "http://10.0.0.1",
                "http://0.0.0.0:4566",
                "ftp://localhost",
                "file:///tmp/x",
                "localhost:4566",
                "127.0.0.1:4566",
                "//localhost:4566",
                "https://",
                "https://me:canary@ecr.example.com",
                "https://ecr.example.com?token=canary",
                "http://exa mple.com"
            })
    void refusesAnyOtherEndpoint(String url) {
        assertThatThrownBy(() -> AwsSettings.of(NONE, Map.of("AWS_ENDPOINT_URL_STS", url)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("AWS_ENDPOINT_URL_STS ")
                .hasMessageNotContaining("canary");
    }

    @Test
    void takesKeysFromTheProperties() throws Exception {
        AwsSettings settings = AwsSettings.of(
                Map.of("aws.accessKeyId", "AKID", "aws.secretAccessKey", "canary", "aws.sessionToken", "canary2"),
                NONE);

        assertThat(settings.keys()).contains(new AwsKeys("AKID", "canary", Optional.of("canary2")));
        assertThat(settings.toString()).doesNotContain("canary").doesNotContain("AKID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws.accessKeyId", "aws.secretAccessKey"})
    void refusesHalfOfAPairOfKeys(String name) {
        assertThatThrownBy(() -> AwsSettings.of(Map.of(name, "canary"), NONE))
                .isInstanceOf(FormatException.class)
                .hasMessage("aws.accessKeyId and aws.secretAccessKey must be set both or not at all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws.accessKeyId", "aws.secretAccessKey", "aws.sessionToken"})
    void refusesAKeyWithALineBreakAndDoesNotRepeatIt(String name) {
        Map<String, String> properties = new HashMap<>(Map.of("aws.accessKeyId", "AKID", "aws.secretAccessKey", "s"));
        properties.put(name, "canary\n  canary");

        assertThatThrownBy(() -> AwsSettings.of(properties, NONE))
                .isInstanceOf(FormatException.class)
                .hasMessage(name + " has a line break or another control character in it");
    }

    private static Map<String, String> map(String pairs) {
        return Arrays.stream(pairs.split(" "))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
