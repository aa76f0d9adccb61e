package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The request by which a job asks its CI system for an identity token. It follows no redirect, since the authorization
 * would go along.
 *
 * @param method {@code GET} or {@code POST}
 * @param address where to, checked by {@link CiAddress}
 * @param authorization scheme and secret of the {@code Authorization} header
 * @param body what is posted, if anything is
 * @param proxies the way there
 */
record TokenRequest(String method, URI address, Authorization authorization, Optional<Json> body, Proxies proxies) {
    /** A token is 2 kB; what is longer than this is none. */
    private static final int LONGEST_ANSWER = 1 << 20;

    /**
     * Who asks.
     *
     * @param scheme {@code Bearer} or {@code Token}
     * @param secret the job's own token
     */
    record Authorization(String scheme, String secret) {
        @Override
        public String toString() {
            return scheme + " ***";
        }
    }

    /**
     * What the CI system answered.
     *
     * @param body {@link Json.Missing} where it is no JSON
     */
    record Answer(int status, Json body) {
        Optional<String> member(String name) {
            return body.get(name).text();
        }

        /** Shows no body, which holds a token. */
        @Override
        public String toString() {
            return "HTTP status " + status;
        }
    }

    /**
     * Sends the request, once.
     *
     * @param limit how long the way there and the answer may take, each
     * @throws IOException if no whole answer came within the limits of time and size
     */
    Answer send(Duration limit) throws IOException {
        HttpURLConnection connection = proxies.open(address);
        try {
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout((int) limit.toMillis());
            connection.setReadTimeout((int) limit.toMillis());
            headers().forEach(connection::setRequestProperty);
            if (method.equals("POST")) {
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.map(Json::bytes).orElse(new byte[0]));
                }
            }
            int status = connection.getResponseCode();
            InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            return new Answer(status, answer == null ? new Json.Missing() : json(read(answer, limit)));
        } finally {
            connection.disconnect();
        }
    }

    private Map<String, String> headers() {
        return Map.of(
                "Authorization", authorization.scheme + " " + authorization.secret,
                "Accept", "application/json",
                "Content-Type", "application/json",
                "User-Agent", "ecr-maven-plugin",
                // Azure DevOps would answer a wrong token by a redirect to a login page.
                "X-TFS-FedAuthRedirect", "Suppress");
    }

    private static Json json(byte[] body) {
        try {
            return Json.parse(body);
        } catch (FormatException e) {
            return new Json.Missing();
        }
    }

    /** Reads an answer; each read has its limit of time, which many small ones together would overrun. */
    private static byte[] read(InputStream stream, Duration limit) throws IOException {
        long begin = System.nanoTime();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (stream) {
            byte[] buffer = new byte[1 << 13];
            int read = stream.read(buffer);
            while (read >= 0) {
                answer.write(buffer, 0, read);
                if (answer.size() > LONGEST_ANSWER) {
                    throw new IOException("the answer is longer than 1 MiB");
                }
                if (System.nanoTime() - begin > limit.toNanos()) {
                    throw new SocketTimeoutException("the answer took too long");
                }
                read = stream.read(buffer);
            }
        }
        return answer.toByteArray();
    }
}
