package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.ORDERS;
import static io.github.imagedelivery.ecr.aws.EcrFixture.VERSION_TAG;
import static io.github.imagedelivery.ecr.aws.EcrFixture.image;
import static io.github.imagedelivery.ecr.aws.EcrFixture.images;
import static io.github.imagedelivery.ecr.aws.EcrFixture.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which host the images of a registry are named, and what is asked to learn it. */
class OwnRegistryTest {
    private static final String ACCOUNT = "210987654321";

    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    private final ScriptedEcr server = fixture.server;

    /** Returns the caller's own registry, which takes the server for Amazon's address. */
    private Ecr own() {
        AwsSettings settings =
                new AwsSettings(Optional.of("eu-west-1"), Optional.of(EcrFixture.KEYS), Optional.of(server.endpoint()));
        Wire wire = new Wire(Proxies.OF_THE_JVM, new EcrClients.Patience(Duration.ofSeconds(60), fixture.pauses::add));
        ControlPlane plane = new ControlPlane(
                new AwsApi(
                        Service.ECR,
                        new Endpoints(settings, new AwsProfile()),
                        new SigningClock(fixture.now::get),
                        wire),
                new Site("eu-west-1", false, false),
                CredentialChain.of(settings.keys(), settings.listener()));
        return new EcrApi(
                new EcrClients.Connection(
                        plane,
                        new Logins(plane, fixture.now::get, fixture.secrets::add),
                        new OwnRegistry("eu-west-1", true)),
                Optional.empty(),
                Optional.empty(),
                Exchange.Listener.NONE);
    }

    private static Json found() throws Exception {
        return image(manifest("one"), VERSION_TAG.value()).with("registryId", Json.of(ACCOUNT));
    }

    @Test
    void isKnownOnceAnImageWasRead() throws Exception {
        server.on("BatchGetImage", images(List.of(found()), List.of()));
        Ecr ecr = own();

        ecr.images(ORDERS, List.of(VERSION_TAG));

        assertThat(ecr.host()).isEqualTo(ACCOUNT + ".dkr.ecr.eu-west-1.amazonaws.com");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void isAskedWithTheLoginWhereNoImageWasRead() throws Exception {
        server.on(
                "GetAuthorizationToken",
                EcrFixture.login(
                        "QVdTOnNlY3JldA==",
                        EcrFixture.NOON.plusSeconds(43_200),
                        "https://" + ACCOUNT + ".dkr.ecr.eu-west-1.amazonaws.com"));

        assertThat(own().host()).isEqualTo(ACCOUNT + ".dkr.ecr.eu-west-1.amazonaws.com");
    }

    @Test
    void isAskedWithTheLoginWhereTheApiIsNotAtAmazonsAddress() throws Exception {
        server.on("BatchGetImage", images(List.of(found()), List.of()));
        server.on(
                "GetAuthorizationToken",
                EcrFixture.login("QVdTOnNlY3JldA==", EcrFixture.NOON.plusSeconds(43_200), "http://localhost:4510"));
        Ecr emulated = fixture.clients.open(Optional.empty(), Exchange.Listener.NONE);

        emulated.images(ORDERS, List.of(VERSION_TAG));

        assertThat(emulated.host()).isEqualTo("localhost:4510");
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com, 123456789012.dkr.ecr.eu-central-1.amazonaws.com",
        "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com, 123456789012.dkr.ecr.us-east-1.amazonaws.com",
        "123456789012.dkr-ecr.eu-west-1.on.aws, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, 123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"
    })
    void isTheOneThatEcrGivesAConfiguredRegistry(String configured, String named) throws Exception {
        Ecr ecr = fixture.clients.open(EcrHost.parse(configured), Exchange.Listener.NONE);

        assertThat(ecr.host()).isEqualTo(named);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345678901", "evil.example.com/", "1234567890123"})
    void isNoAnswersThatNamesNoAccount(String account) {
        OwnRegistry own = new OwnRegistry("eu-west-1", true);

        own.isOf(account);

        assertThat(own.host()).isEmpty();
    }
}
