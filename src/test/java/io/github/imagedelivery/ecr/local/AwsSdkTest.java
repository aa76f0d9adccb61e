package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;

/** The AWS SDK, which knows the service's model, understands what the embedded ECR says. */
class AwsSdkTest {
    private final SampleImage image = SampleImage.of("sdk");
    private LocalEcr local;
    private EcrClient ecr;
    private StsClient sts;

    @BeforeEach
    void start() throws IOException {
        local = LocalEcr.builder().start();
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret"));
        ecr = client(credentials);
        sts = StsClient.builder()
                .endpointOverride(local.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private EcrClient client(StaticCredentialsProvider credentials) {
        return EcrClient.builder()
                .endpointOverride(local.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
        sts.close();
        local.close();
    }

    @Test
    void putsDescribesAndDeletesAnImage() throws Exception {
        ecr.createRepository(request -> request.repositoryName("orders"));
        local.seedBlob("orders", image.config());
        local.seedBlob("orders", image.layer());

        ecr.putImage(request -> request.repositoryName("orders")
                .imageTag("1.0")
                .imageManifest(new String(image.manifest().bytes(), StandardCharsets.UTF_8)));
        ImageDetail detail = ecr.describeImages(request -> request.repositoryName("orders"))
                .imageDetails()
                .get(0);
        List<ImageIdentifier> deleted = ecr.batchDeleteImage(request -> request.repositoryName("orders")
                        .imageIds(ImageIdentifier.builder().imageTag("1.0").build()))
                .imageIds();

        assertThat(detail.imageTags()).containsExactly("1.0");
        assertThat(detail.imagePushedAt()).isCloseTo(Instant.now(), Assertions.within(1, ChronoUnit.HOURS));
        assertThat(deleted)
                .extracting(ImageIdentifier::imageDigest)
                .containsExactly(image.digest().toString());
    }

    @Test
    void getsTheLayersThatAreThere() throws Exception {
        local.createRepository("orders");
        local.seedBlob("orders", image.layer());

        assertThat(ecr.batchCheckLayerAvailability(request -> request.repositoryName("orders")
                                .layerDigests(
                                        image.layer().descriptor().digest().toString(),
                                        image.config().descriptor().digest().toString()))
                        .layers())
                .extracting(layer -> layer.layerAvailability())
                .containsExactly(LayerAvailability.AVAILABLE, LayerAvailability.UNAVAILABLE);
    }

    @Test
    void meetsModelledErrors() throws Exception {
        local.createRepository("fixed", TagMutability.IMMUTABLE);
        local.seed("fixed", "1.0", image.manifest(), image.blobs());

        assertThatThrownBy(() -> ecr.describeRepositories(request -> request.repositoryNames("carts")))
                .isInstanceOf(RepositoryNotFoundException.class);
        assertThatThrownBy(() -> ecr.putImage(request -> request.repositoryName("fixed")
                        .imageTag("1.0")
                        .imageManifest(new String(image.manifest().bytes(), StandardCharsets.UTF_8))))
                .isInstanceOf(ImageTagAlreadyExistsException.class);
    }

    @Test
    void meetsDeniedActions() throws Exception {
        local.createRepository("orders");
        local.faults().deny("ecr:DescribeImages");

        assertThatThrownBy(() -> ecr.describeImages(request -> request.repositoryName("orders")))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage())
                                .isEqualTo("User: arn:aws:iam::123456789012:user/local is not authorized to perform:"
                                        + " ecr:DescribeImages on resource:"
                                        + " arn:aws:ecr:eu-central-1:123456789012:repository/orders because no"
                                        + " identity-based policy allows the ecr:DescribeImages action"));
    }

    @Test
    void retriesWhatIsThrottled() throws Exception {
        local.faults().inject(Occasion.of("ecr:DescribeRepositories").nth(1), Behaviour.throttle());

        assertThat(ecr.describeRepositories().repositories()).isEmpty();
        assertThat(local.requests()).extracting(RecordedRequest::status).containsExactly(400, 200);
    }

    @Test
    void tellsWhoTheCallerIs() {
        assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::123456789012:user/local");
    }

    @Test
    void assumesARoleWithAnIdentityToken() throws Exception {
        String token = identityToken();
        Credentials session = sts.assumeRoleWithWebIdentity(
                        request -> request.roleArn("arn:aws:iam::123456789012:role/ci")
                                .roleSessionName("build")
                                .webIdentityToken(token))
                .credentials();

        try (EcrClient inSession = client(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                session.accessKeyId(), session.secretAccessKey(), session.sessionToken())))) {
            assertThat(inSession.getAuthorizationToken().authorizationData()).hasSize(1);
        }
    }

    @Test
    void meetsTheErrorsOfSts() {
        assertThatThrownBy(() ->
                        sts.assumeRoleWithWebIdentity(request -> request.roleArn("arn:aws:iam::123456789012:role/ci")
                                .roleSessionName("build")
                                .webIdentityToken("a.b.c")))
                .isInstanceOf(InvalidIdentityTokenException.class);
    }

    private String identityToken() throws Exception {
        URI url = URI.create(local.environment().get("ACTIONS_ID_TOKEN_REQUEST_URL") + "&audience=sts.amazonaws.com");
        String requestToken = local.environment().get("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
        HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Authorization", "bearer " + requestToken);
        return Client.json(new Client(local).send(request)).get("value").text().orElseThrow();
    }
}
