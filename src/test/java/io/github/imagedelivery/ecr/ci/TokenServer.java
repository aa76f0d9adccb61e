package io.github.imagedelivery.ecr.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A CI system on loopback that gives the answers it was told, the last one for ever, and keeps what it was asked. */
final class TokenServer implements AutoCloseable {
    static final String SECRET = "secret-of-the-job-0123456789";

    private final HttpServer server;
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();

    TokenServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** An answer; status 0 closes the connection without one. */
    record Answer(int status, String body, String location) {
        Answer(int status, String body) {
            this(status, body, "");
        }

        static Answer token(String payload) {
            return new Answer(200, "{\"value\":\"" + Tokens.of(payload) + "\"}");
        }
    }

    TokenServer answering(Answer... next) {
        answers.addAll(List.of(next));
        return this;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization);
        Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
        try (exchange) {
            if (answer.status > 0) {
                byte[] body = answer.body.getBytes(UTF_8);
                exchange.getResponseHeaders().set("Location", answer.location);
                exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns method, path and authorization of each request, in their order. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The variables of a job of GitHub Actions that asks here. */
    Map<String, String> gitHub() {
        return Map.of(
                "GITHUB_ACTIONS",
                "true",
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                address() + "/idtoken?api-version=2.0",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                SECRET);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
