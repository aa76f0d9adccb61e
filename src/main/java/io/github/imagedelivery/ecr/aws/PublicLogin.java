package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.SecretListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * The login to Amazon ECR Public, {@code GetAuthorizationToken} of the service {@code ecr-public}. Asked without a client
 * of the SDK's for that service, since it is one operation; asked in the one region that the service logs in at.
 */
final class PublicLogin {
    private static final Site SITE = new Site("us-east-1", false, false);
    private static final URI AMAZON = URI.create("https://api.ecr-public.us-east-1.amazonaws.com");
    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final int MAX_BYTES = 64 * 1024;

    private final Supplier<SdkHttpClient> http;
    private final URI endpoint;
    private final SecretListener secrets;

    /**
     * Creates the operation; asks nothing yet.
     *
     * @param endpoint where the API is instead of at Amazon's address
     * @param secrets is told of the login before it is handed out
     */
    PublicLogin(Supplier<SdkHttpClient> http, Optional<URI> endpoint, SecretListener secrets) {
        this.http = http;
        this.endpoint = endpoint.orElse(AMAZON);
        this.secrets = secrets;
    }

    /** Fetches a login as the signer; it lasts up to 12 hours. */
    RegistryLogin fetch(Signer signer, Exchange.Listener listener) throws AwsException {
        SdkCall call = SdkCall.signed(
                "ecr-public:GetAuthorizationToken", signer, new Signer.Purpose(SITE, List.of(), listener));
        byte[] answer = call.run(rules -> ask(signer, call));
        try {
            String token = Json.parse(answer)
                    .get("authorizationData")
                    .get("authorizationToken")
                    .text()
                    .orElse("");
            String login = new String(Base64.getDecoder().decode(token), UTF_8);
            String password = login.substring(login.indexOf(':') + 1);
            if (login.startsWith("AWS:") && !password.isBlank()) {
                secrets.obtained(token);
                secrets.obtained(password);
                return RegistryLogin.of("AWS", password);
            }
        } catch (FormatException | IllegalArgumentException e) {
            // The exception may show the answer, and so the secret.
            throw call.strange("the answer's login cannot be read");
        }
        throw call.strange("the answer holds no login");
    }

    private byte[] ask(Signer signer, SdkCall call) {
        try (SdkHttpClient client = http.get()) {
            HttpExecuteRequest request = signed(signer);
            call.sending(request.httpRequest().host(), BODY.length);
            HttpExecuteResponse response = client.prepareRequest(request).call();
            int status = response.httpResponse().statusCode();
            byte[] body = body(response);
            call.answered(status, body.length);
            if (status != 200) {
                throw refusal(status, body);
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpExecuteRequest signed(Signer signer) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.resolve("/"))
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("Content-Length", String.valueOf(BODY.length))
                .putHeader("X-Amz-Target", "SpencerFrontendService.GetAuthorizationToken")
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(what -> what.identity(signer.resolveCredentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(BODY))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecr-public")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, SITE.region()));
        return HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElseThrow())
                .build();
    }

    private static byte[] body(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isEmpty()) {
            return new byte[0];
        }
        try (InputStream body = response.responseBody().get()) {
            return body.readNBytes(MAX_BYTES);
        }
    }

    private static AwsServiceException refusal(int status, byte[] body) {
        AwsErrorDetails.Builder details = AwsErrorDetails.builder().errorCode("HTTP status " + status);
        try {
            Json json = Json.parse(body);
            json.get("__type")
                    .text()
                    .map(type -> type.substring(type.indexOf('#') + 1))
                    .ifPresent(details::errorCode);
            json.get("message").text().or(() -> json.get("Message").text()).ifPresent(details::errorMessage);
        } catch (FormatException e) {
            details.errorMessage("the answer cannot be read");
        }
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(details.build())
                .build();
    }
}
