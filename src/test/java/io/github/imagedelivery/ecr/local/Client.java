package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/** Speaks to an embedded ECR over real HTTP, by the book and without any retry. */
final class Client {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final LocalEcr ecr;
    private final String basic;

    Client(LocalEcr ecr) {
        this.ecr = ecr;
        this.basic = basic(ecr.password());
    }

    static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(UTF_8));
    }

    static String signature(String service) {
        return "AWS4-HMAC-SHA256 Credential=AKIATEST/20261123/eu-central-1/" + service
                + "/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=" + "0".repeat(64);
    }

    /** Asks the control plane for an operation. */
    HttpResponse<String> api(String operation, Json request) throws IOException, InterruptedException {
        return send(api(operation)
                .header("Authorization", signature("ecr"))
                .header("X-Amz-Date", "20261123T120000Z")
                .POST(BodyPublishers.ofByteArray(request.bytes())));
    }

    HttpRequest.Builder api(String operation) {
        return HttpRequest.newBuilder(ecr.endpoint().resolve("/"))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921." + operation);
    }

    /** Returns a request to the data plane that is logged in. */
    HttpRequest.Builder data(String pathOrUrl) {
        return HttpRequest.newBuilder(ecr.endpoint().resolve(pathOrUrl)).header("Authorization", basic);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String pathOrUrl, byte[] body) throws IOException, InterruptedException {
        return send(data(pathOrUrl).method(method, BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> send(String method, String pathOrUrl) throws IOException, InterruptedException {
        return send(data(pathOrUrl).method(method, BodyPublishers.noBody()));
    }

    HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url));
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static Json json(HttpResponse<String> response) {
        try {
            return Json.parse(response.body());
        } catch (FormatException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    /** Returns code and message of an error of the control plane. */
    static String error(HttpResponse<String> response) {
        Json json = json(response);
        return response.statusCode() + " " + json.get("__type").text().orElse("") + ": "
                + json.get("message").text().orElse("");
    }

    /** Returns code and message of an error of the data plane. */
    static String dataError(HttpResponse<String> response) {
        Json json = json(response).get("errors").items().get(0);
        return response.statusCode() + " " + json.get("code").text().orElse("") + ": "
                + json.get("message").text().orElse("");
    }
}
