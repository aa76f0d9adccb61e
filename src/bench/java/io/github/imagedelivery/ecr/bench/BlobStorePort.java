package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.Certificate;
import io.github.imagedelivery.ecr.local.LocalEcr;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;

/** Where the embedded ECR has its blobs: on a port that it tells by redirects alone. */
final class BlobStorePort {
    private BlobStorePort() {}

    /** Asks for a blob of an image that is in the repository; counts for nobody. */
    static int find(LocalEcr ecr, Certificate certificate, String repository, SampleBase image)
            throws IOException, InterruptedException {
        String blob = image.blobs().get(0).descriptor().digest().toString();
        String login = Base64.getEncoder().encodeToString(("AWS:" + ecr.password()).getBytes(UTF_8));
        HttpResponse<Void> answer = HttpClient.newBuilder()
                .sslContext(certificate.context())
                .build()
                .send(
                        HttpRequest.newBuilder(ecr.endpoint().resolve("/v2/" + repository + "/blobs/" + blob))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        ecr.clearRequests();
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("the blob is not redirected: " + answer.statusCode()));
        return URI.create(location).getPort();
    }
}
