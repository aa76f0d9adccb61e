package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Cut;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionsTest {
    private static final byte[] CONTENT = new byte[200_000];
    private static final Descriptor BLOB = Descriptor.of(MediaTypes.OCI_LAYER, CONTENT);

    private final Client client = new Client();

    @Test
    void keepsOneConnectionThroughAllKindsOfRequestsInTurn() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(ConnectionsTest::serve)) {
            Repository repository = client.open(registry);
            for (int i = 0; i < 5; i++) {
                repository.has(BLOB.digest());
                repository.push(blob(i), Optional.empty());
                try (InputStream in = repository.open(BLOB)) {
                    in.readAllBytes();
                }
            }

            assertThat(registry.connectionCount()).isEqualTo(1);
            assertThat(registry.requests()).hasSize(5 * 4);
        }
    }

    @Test
    void opensAtMostFourConnectionsForTwentyUploads() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(ConnectionsTest::serve)) {
            Repository repository = client.open(registry);
            inParallel(20, i -> repository.push(blob(i), Optional.empty()));

            assertThat(registry.connectionCount()).isBetween(2, 4);
            assertThat(registry.requests()).hasSize(40);
        }
    }

    @Test
    void sendsFourRequestsAtATimeAndNoMore() throws Exception {
        AtomicInteger running = new AtomicInteger();
        CyclicBarrier four = new CyclicBarrier(4);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> {
            seen.add(running.incrementAndGet());
            meet(four);
            running.decrementAndGet();
            return Reply.of(200);
        })) {
            Repository repository = client.open(registry);
            inParallel(40, i -> repository.has(BLOB.digest()));

            assertThat(seen).hasSize(40).allMatch(n -> n <= 4);
        }
    }

    @Test
    void doesNotWaitForItselfWhenUploadsAreFedByDownloadsFromTheSameHost() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(ConnectionsTest::serve)) {
            Repository repository = client.open(registry);
            Blob passing = new Blob() {
                @Override
                public Descriptor descriptor() {
                    return BLOB;
                }

                @Override
                public InputStream open() throws IOException {
                    try {
                        return repository.open(BLOB);
                    } catch (RegistryException e) {
                        throw new IOException(e);
                    }
                }
            };
            inParallel(16, i -> repository.push(passing, Optional.empty()));

            assertThat(client.exchanges).hasSize(48).allMatch(e -> e.status() < 300);
        }
    }

    @Test
    void givesThePlaceOfAFailedRequestBack() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(
                request -> request.method().equals("HEAD") ? Reply.of(200) : Reply.error(403, "DENIED", "no"))) {
            Repository repository = client.open(registry);
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> repository.manifest("1")).isInstanceOf(RegistryException.class);
                assertThatThrownBy(() -> repository.open(BLOB)).isInstanceOf(RegistryException.class);
                assertThatThrownBy(() -> repository.push(blob(0), Optional.empty()))
                        .isInstanceOf(RegistryException.class);
            }

            assertThat(repository.has(BLOB.digest())).isTrue();
            assertThat(client.exchanges).hasSize(31);
        }
    }

    @Test
    void givesUpWaitingForAPlaceAtTheDeadline() throws Exception {
        Client hurried = new Client(
                new FakeTime(Duration.ofSeconds(1)),
                new Registries.Settings(Duration.ofMinutes(1), Duration.ofSeconds(20), 1, "test"));
        try (ScriptedRegistry registry = new ScriptedRegistry(ConnectionsTest::serve)) {
            Repository repository = hurried.open(registry);
            List<InputStream> unread = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                unread.add(repository.open(BLOB));
            }

            assertThatThrownBy(() -> repository.open(BLOB))
                    .hasMessageEndingWith("no answer: the time for the whole operation is over");
            for (InputStream in : unread) {
                in.close();
            }
        }
    }

    @Test
    void sharesOneRetryBudgetAmongAllRepositories() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> Reply.of(503))) {
            List<Integer> requests = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int before = registry.requests().size();
                Repository repository = client.open(registry);
                assertThat(catchThrowableOfType(RegistryException.class, () -> repository.has(BLOB.digest())))
                        .isNotNull();
                requests.add(registry.requests().size() - before);
            }

            assertThat(requests).containsExactly(6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 1, 1);
        }
    }

    @Test
    void fillsTheBudgetAgainWithSuccesses() throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (ScriptedRegistry registry =
                new ScriptedRegistry(request -> Reply.of(number.getAndIncrement() % 2 == 0 ? 503 : 200))) {
            Repository repository = client.open(registry);
            for (int i = 0; i < 60; i++) {
                assertThat(repository.has(BLOB.digest())).isTrue();
            }
        }
    }

    @Test
    void doesNotReuseAConnectionThatBrokeOff() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(
                Reply.of(200), Reply.cut(Cut.BEFORE_THE_REPLY), Reply.cut(Cut.BEFORE_THE_REPLY), Reply.of(200))) {
            Repository repository = client.open(registry);
            repository.has(BLOB.digest());

            assertThat(repository.has(BLOB.digest())).isTrue();
            assertThat(registry.connectionCount()).isEqualTo(3);
        }
    }

    @Test
    void trustsNoConnectionThatWasIdleForLong() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(ConnectionsTest::serve)) {
            Repository repository = client.open(registry);
            repository.has(BLOB.digest());
            client.time.pass(Duration.ofSeconds(29));
            repository.has(BLOB.digest());
            assertThat(registry.connectionCount()).isEqualTo(1);

            client.time.pass(Duration.ofSeconds(31));
            repository.has(BLOB.digest());
            assertThat(registry.connectionCount()).isEqualTo(2);
        }
    }

    private static Reply serve(ScriptedRegistry.Request request) {
        return switch (request.method()) {
            case "POST" -> Reply.session("/upload/1");
            case "PUT" -> Reply.of(201);
            case "GET" -> Reply.of(200).with(CONTENT);
            default -> Reply.of(200);
        };
    }

    private static Blob blob(int number) {
        return Blob.of(MediaTypes.OCI_LAYER, ("blob " + number).repeat(10_000).getBytes(UTF_8));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("fewer requests than that run at a time", e);
        }
    }

    private interface Job {
        Object run(int number) throws Exception;
    }

    private static void inParallel(int count, Job job) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Object>> calls = IntStream.range(0, count)
                    .<Callable<Object>>mapToObj(i -> () -> job.run(i))
                    .toList();
            for (Future<Object> future : threads.invokeAll(calls)) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
