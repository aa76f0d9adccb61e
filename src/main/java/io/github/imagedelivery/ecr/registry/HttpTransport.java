package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends single requests over pooled connections: no retry, no redirect, no credentials of its own.
 *
 * <p>At most four requests at a time go to a host, and beside them at most four downloads. The two are counted apart:
 * an upload may be fed by a download from the same host, and would wait for itself if both stood in one queue.
 */
final class HttpTransport {
    private static final int REQUESTS_TO_A_HOST = 4;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int IDLE_THREAD_SECONDS = 10;

    private final String userAgent;
    private final Time time;
    private final Proxies proxies;
    private final Executor threads = daemons();
    private HttpClient client;
    private int running;
    private long lastUse;
    private final Map<String, Semaphore> gates = new ConcurrentHashMap<>();

    HttpTransport(String userAgent, Time time, Proxies proxies) {
        this.userAgent = userAgent;
        this.time = time;
        this.proxies = proxies;
        this.client = newClient();
        this.lastUse = time.nanoTime();
    }

    private HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(threads)
                .proxy(new Selector(proxies))
                .build();
    }

    /**
     * Begins an exchange. After a pause the pool is left behind for a fresh one: JDK 17 keeps idle connections for 20
     * minutes, and a NAT gateway of AWS forgets them after six without a word, so that the next upload would hang.
     */
    private synchronized HttpClient begin() {
        if (running == 0 && time.nanoTime() - lastUse > LONGEST_PAUSE.toNanos()) {
            client = newClient();
        }
        running++;
        return client;
    }

    private synchronized void end() {
        running--;
        lastUse = time.nanoTime();
    }

    /**
     * Sends the request and returns its answer as soon as the headers are there.
     *
     * @param authorization value of the header; empty for none
     * @param listener is told when the exchange is over, with an answer's body or without an answer
     */
    Answer send(Call call, String authorization, Patience patience, Exchange.Listener listener)
            throws IOException, InterruptedException {
        String kind = call.method().equals("GET") ? "GET " : "";
        Semaphore gate = gates.computeIfAbsent(kind + call.host(), host -> new Semaphore(REQUESTS_TO_A_HOST, true));
        patience.acquire(gate);
        Passage passage = new Passage(call, gate, listener);
        try {
            HttpResponse<ReceivedBody> response = patience.await(begin().sendAsync(
                            request(call, authorization),
                            info -> new ReceivedBody(patience, received -> passage.over(info.statusCode(), received))));
            if (response.body() == null) {
                // A proxy's own answer to CONNECT, for which the client reads no body.
                throw new ProxyException(response.statusCode());
            }
            return new Answer(response);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            // Errors too: a place at the gate that is never given back stops all that comes behind.
            passage.over(RegistryException.NO_ANSWER, 0);
            throw e;
        }
    }

    private HttpRequest request(Call call, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .method(call.method(), publisher(call.body()))
                .header("User-Agent", userAgent);
        call.headers().forEach(request::header);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        // Not by an Authenticator: with one, the client no longer hands out a registry's 401. To whom the header is
        // meant it goes alone: the client sends it with CONNECT, and with nothing that it sends through the tunnel.
        proxies.to(call.uri()).login().ifPresent(login -> request.header("Proxy-Authorization", basic(login)));
        return request.build();
    }

    private static String basic(PasswordAuthentication login) {
        return "Basic "
                + RegistryLogin.of(login.getUserName(), new String(login.getPassword()))
                        .basic();
    }

    /** The proxies, as the HTTP client asks for them. */
    private static final class Selector extends ProxySelector {
        private final Proxies proxies;

        Selector(Proxies proxies) {
            this.proxies = proxies;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(proxies.to(uri).proxy());
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // There is no second one to try.
        }
    }

    /** Streams; the publishers of byte arrays copy all of their content before the first byte is sent. */
    private static BodyPublisher publisher(Optional<SentBody> body) {
        if (body.isEmpty() || body.get().length() == 0) {
            return BodyPublishers.noBody();
        }
        SentBody sent = body.get();
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> sent), sent.length());
    }

    private static Executor daemons() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "ecr-registry-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** One request's way through the gate; over once, whoever notices first. */
    private final class Passage {
        private final Call call;
        private final Semaphore gate;
        private final Exchange.Listener listener;
        private final AtomicBoolean over = new AtomicBoolean();

        Passage(Call call, Semaphore gate, Exchange.Listener listener) {
            this.call = call;
            this.gate = gate;
            this.listener = listener;
        }

        void over(int status, long received) {
            if (over.compareAndSet(false, true)) {
                end();
                gate.release();
                long sent = call.body().map(SentBody::count).orElse(0L);
                listener.completed(new Exchange(call.host(), call.request(), status, sent, received));
            }
        }
    }
}
