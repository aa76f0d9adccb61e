package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK is led to a profile of the test's by its system properties. */
class EndpointsTest {
    private static final Site SITE = new Site("us-east-1", false, false);
    private static final AwsSettings NOTHING = new AwsSettings(Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    private final Map<String, Optional<String>> before = new HashMap<>();

    @BeforeEach
    void hideTheMachinesConfiguration() {
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

    private void profile(String text) throws IOException {
        Files.writeString(directory.resolve("config"), text);
    }

    private static String of(Service service, AwsSettings settings) throws AwsException {
        return new Endpoints(settings, new AwsProfile()).of(service, SITE).toString();
    }

    @Test
    void areAmazonsWhereNothingIsSaid() throws Exception {
        assertThat(of(Service.ECR, NOTHING)).isEqualTo("https://api.ecr.us-east-1.amazonaws.com/");
        assertThat(of(Service.STS, NOTHING)).isEqualTo("https://sts.us-east-1.amazonaws.com/");
    }

    @Test
    void areThoseOfTheProfileForAll() throws Exception {
        profile("[default]\nendpoint_url = https://all.example/aws\n");

        assertThat(of(Service.ECR, NOTHING)).isEqualTo("https://all.example/aws");
        assertThat(of(Service.STS, NOTHING)).isEqualTo("https://all.example/aws");
    }

    @Test
    void areThoseOfTheProfilesOwnSectionBeforeThat() throws Exception {
        profile("""
                [default]
                endpoint_url = https://all.example
                [profile shop]
                services = here
                endpoint_url = https://all.example
                [services here]
                ecr =
                  endpoint_url = https://ecr.example
                """);
        assertThat(of(Service.ECR, NOTHING)).isEqualTo("https://all.example/");

        set("aws.profile", "shop");

        assertThat(of(Service.ECR, NOTHING)).isEqualTo("https://ecr.example/");
        assertThat(of(Service.STS, NOTHING)).isEqualTo("https://all.example/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4566", "https://user:hidden@ecr.example", "http://ecr.example", "hidden words"})
    void areRefusedWithoutTheirTextWhereTheProfileHasNoneThatMayBeAsked(String url) throws Exception {
        profile("[default]\nendpoint_url = " + url + "\n");

        assertThatThrownBy(() -> of(Service.ECR, NOTHING))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("endpoint_url of the AWS profile")
                .message()
                .doesNotContain("hidden");
    }

    @Test
    void areNoneOfAmazonsForTheKeysOfAnEmulatorThatTheProfileNames() throws Exception {
        profile("[default]\nservices = here\n[services here]\necr =\n  endpoint_url = http://localhost:4566\n");
        Endpoints endpoints = new Endpoints(NOTHING, new AwsProfile());

        assertThat(endpoints.isEcrHereWithout(Service.STS)).isTrue();
        assertThat(endpoints.isEcrHereWithout(Service.ECR)).isFalse();
    }

    @Test
    void areThoseOfTheBuildBeforeThoseOfTheProfile() throws Exception {
        profile("[default]\nendpoint_url = https://profile.example\n");
        URI given = URI.create("https://build.example");

        assertThat(of(Service.ECR, new AwsSettings(Optional.empty(), Optional.empty(), Optional.of(given))))
                .isEqualTo("https://build.example/");
    }

    @Test
    void areAmazonsForFipsOrDualStackWhereAPropertyOrTheProfileSaysSo() throws Exception {
        set("aws.useFipsEndpoint", "true");
        assertThat(of(Service.ECR, NOTHING)).isEqualTo("https://api.ecr-fips.us-east-1.amazonaws.com/");

        profile("[default]\nuse_dualstack_endpoint = true\n");
        assertThat(of(Service.STS, NOTHING)).isEqualTo("https://sts-fips.us-east-1.api.aws/");
    }
}
