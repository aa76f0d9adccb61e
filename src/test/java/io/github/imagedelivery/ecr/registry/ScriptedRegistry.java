package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An HTTP/1.1 server on a loopback port that does what a test tells it, down to cutting the connection. */
@SuppressWarnings("ArrayRecordComponent") // never compared
final class ScriptedRegistry implements AutoCloseable {
    private final ServerSocket server;
    private final Function<Request, Reply> script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** A server that replies to each request as the function says. */
    ScriptedRegistry(Function<Request, Reply> script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** A server that gives the replies in turn, and 418 to whatever comes after them. */
    static ScriptedRegistry replying(Reply... replies) throws IOException {
        Queue<Reply> queue = new ArrayDeque<>(Arrays.asList(replies));
        return new ScriptedRegistry(request -> {
            synchronized (queue) {
                Reply reply = queue.poll();
                return reply == null ? Reply.of(418) : reply;
            }
        });
    }

    /** A request as it came; the body is empty where the reply cut it. */
    record Request(String method, String target, Map<String, String> headers, byte[] body, int connection) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    /** Where a reply breaks off. */
    enum Cut {
        NOWHERE,
        BEFORE_THE_REQUEST_BODY,
        IN_THE_REQUEST_BODY,
        BEFORE_THE_REPLY,
        IN_THE_REPLY_BODY,
        /** Says nothing more, with the connection open. */
        NEVER_REPLIES,
        STALLS_IN_THE_REPLY_BODY,
        /** Sends the body as the whole reply, status line and headers included. */
        AFTER_THE_RAW_BYTES
    }

    record Reply(int status, Map<String, String> headers, byte[] body, Cut cut) {
        static Reply of(int status) {
            return new Reply(status, Map.of(), new byte[0], Cut.NOWHERE);
        }

        static Reply cut(Cut cut) {
            return new Reply(500, Map.of(), new byte[0], cut);
        }

        static Reply error(int status, String code, String message) {
            return of(status)
                    .with("{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}"
                            .formatted(code, message)
                            .getBytes(UTF_8));
        }

        /** An open upload session. */
        static Reply session(String location) {
            return of(202).with("Location", location);
        }

        Reply with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body, cut);
        }

        Reply with(byte[] content) {
            return new Reply(status, headers, content, cut);
        }

        Reply but(Cut where) {
            return new Reply(status, headers, body, where);
        }
    }

    URI uri() {
        return URI.create("http://" + host());
    }

    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The requests in the order in which they came, as method and target. */
    List<String> requests() {
        return requests.stream().map(Request::toString).toList();
    }

    Request request(int index) {
        return requests.get(index);
    }

    List<String> received(String header) {
        return requests.stream().map(request -> request.header(header)).toList();
    }

    List<String> bodies() {
        return requests.stream()
                .map(request -> new String(request.body(), UTF_8))
                .toList();
    }

    int connectionCount() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                int number = connections.size();
                daemon(() -> serve(connection, number));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection, int number) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            while (answer(in, out, number)) {
                // The connection is kept.
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    private boolean answer(InputStream in, OutputStream out, int number) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return false;
        }
        String[] first = line.split(" ", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String[] parts = header.split(": ?", 2);
            headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1], (a, b) -> a + ", " + b);
        }
        Request head = new Request(first[0], first[1], Collections.unmodifiableMap(headers), new byte[0], number);
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        Reply reply = script.apply(head);
        if (reply.cut() == Cut.BEFORE_THE_REQUEST_BODY || reply.cut() == Cut.IN_THE_REQUEST_BODY) {
            in.readNBytes(reply.cut() == Cut.IN_THE_REQUEST_BODY ? length / 2 : 0);
            requests.add(head);
            return false;
        }
        byte[] body = in.readNBytes(length);
        requests.add(new Request(head.method(), head.target(), head.headers(), body, number));
        if (body.length < length || reply.cut() == Cut.BEFORE_THE_REPLY) {
            return false;
        }
        if (reply.cut() == Cut.NEVER_REPLIES) {
            in.read();
            return false;
        }
        write(out, reply, head.method().equals("HEAD"));
        if (reply.cut() == Cut.STALLS_IN_THE_REPLY_BODY) {
            in.read();
        }
        return reply.cut() == Cut.NOWHERE;
    }

    private static void write(OutputStream out, Reply reply, boolean head) throws IOException {
        if (reply.cut() == Cut.AFTER_THE_RAW_BYTES) {
            out.write(reply.body());
            out.flush();
            return;
        }
        StringBuilder text = new StringBuilder("HTTP/1.1 " + reply.status() + " Whatever\r\n");
        reply.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        if (!reply.headers().containsKey("Content-Length") && reply.status() != 204) {
            text.append("Content-Length: " + reply.body().length + "\r\n");
        }
        out.write(text.append("\r\n").toString().getBytes(ISO_8859_1));
        if (!head) {
            boolean whole = reply.cut() == Cut.NOWHERE;
            out.write(reply.body(), 0, whole ? reply.body().length : reply.body().length / 2);
        }
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-registry");
        thread.setDaemon(true);
        thread.start();
    }
}
