package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * The API of a service: its operations become requests here, are signed by the SDK's signer and sent.
 *
 * @param endpoints says where it is
 * @param clock gives the time of signatures; one for all services
 * @param wire carries the requests
 */
record AwsApi(Service service, Endpoints endpoints, SigningClock clock, Wire wire) {
    /**
     * Returns a call that is signed.
     *
     * @param operation as the service calls it, for example {@code PutImage}
     */
    AwsCall signed(String operation, Signer signer, Signer.Purpose purpose) {
        return new AwsCall(this, operation, Optional.of(signer), purpose);
    }

    /** Returns a call that needs no credentials. */
    AwsCall unsigned(String operation, Signer.Purpose purpose) {
        return new AwsCall(this, operation, Optional.empty(), purpose);
    }

    /** Makes one request of the call, which is told of it. */
    Reply send(AwsCall call, Json parameters, Duration left) throws IOException, AwsException {
        byte[] body = service.protocol().body(call.operation(), parameters);
        SdkHttpRequest plain = request(call, body.length);
        SdkHttpRequest request =
                call.signer().map(signer -> sign(plain, body, call, signer)).orElse(plain);
        call.sending(request.host() + ":" + request.port(), body.length);
        Reply reply = wire.post(request, body, left);
        call.answered(reply.status(), reply.body().length);
        return reply;
    }

    private SdkHttpRequest request(AwsCall call, int length) throws AwsException {
        URI uri = endpoints.of(service, call.site());
        if (!Endpoint.isSafe(uri)) {
            throw new IllegalStateException("plain http to " + uri.getHost() + " is not allowed");
        }
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(uri)
                .putHeader("Content-Length", Integer.toString(length))
                .putHeader("User-Agent", "ecr-maven-plugin");
        service.protocol().headers(call.operation()).forEach(request::putHeader);
        return request.build();
    }

    private SdkHttpRequest sign(SdkHttpRequest request, byte[] body, AwsCall call, Signer signer) {
        return AwsV4HttpSigner.create()
                .sign(what -> what.identity(signer.resolveCredentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.id())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, call.site().region())
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock.now()))
                .request();
    }
}
