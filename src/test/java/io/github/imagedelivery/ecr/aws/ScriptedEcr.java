package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A control plane on loopback that answers what the test says, operation by operation, and keeps what it was asked. */
final class ScriptedEcr implements AutoCloseable {
    private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";

    static {
        // Else each answer waits 40 ms for the client's acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, Deque<Reply>> script = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedEcr() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** A request as it came. */
    record Request(String operation, Headers headers, Json body) {}

    /** An answer; status 0 stands for a connection that is closed without one. */
    record Reply(int status, String body) {
        static final Reply DROPPED = new Reply(0, "");

        static Reply ok(String json) {
            return new Reply(200, json.replace('\'', '"'));
        }

        static Reply error(String code, String message) {
            return new Reply(
                    400,
                    Json.object()
                            .with("__type", Json.of(code))
                            .with("message", Json.of(message))
                            .toString());
        }
    }

    /** Answers the operation with the replies in turn, and then with the last of them. */
    void on(String operation, Reply... replies) {
        script.put(operation, new ArrayDeque<>(List.of(replies)));
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return requests;
    }

    Request onlyRequest() {
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String operation = target.replace(TARGET, "");
            requests.add(new Request(operation, exchange.getRequestHeaders(), Json.parse(body)));
            Reply reply = next(operation);
            if (reply.status > 0) {
                byte[] bytes = reply.body.getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
                exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        } catch (FormatException e) {
            throw new IOException(e);
        }
    }

    private Reply next(String operation) {
        Deque<Reply> replies = script.getOrDefault(operation, new ArrayDeque<>());
        synchronized (replies) {
            if (replies.isEmpty()) {
                return Reply.error("UnknownOperationException", "");
            }
            return replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
