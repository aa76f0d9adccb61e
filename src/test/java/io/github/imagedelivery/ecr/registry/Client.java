package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The client under test, with a clock that does not wait, no chance, and a record of what was reported and renewed. */
final class Client {
    static final RepositoryName ORDERS = new RepositoryName("orders");
    static final String SECRET = "QVdTOnNlY3JldC1jYW5hcnk=";

    final FakeTime time;
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final HttpRegistries registries;

    Client() {
        this(new FakeTime(), Registries.Settings.DEFAULTS);
    }

    Client(FakeTime time, Registries.Settings settings) {
        this.time = time;
        this.registries = new HttpRegistries(settings, time, () -> 0.5, HttpRegistries.Ways.OF_THE_JVM);
    }

    /** A client to whose idle timeout 60 s are a second of real time at most. */
    static Client impatient() {
        return new Client(
                new FakeTime(Duration.ofSeconds(10)),
                new Registries.Settings(Duration.ofSeconds(60), Duration.ofDays(1), 1, "test"));
    }

    Repository open(URI endpoint, Authorization authorization) throws RegistryException {
        return registries.open(endpoint, ORDERS, authorization, exchanges::add);
    }

    Repository open(ScriptedRegistry registry) throws RegistryException {
        return open(registry.uri(), stale -> "Basic " + SECRET);
    }

    Repository openAnonymously(ScriptedRegistry registry) throws RegistryException {
        return open(registry.uri(), Authorization.ANONYMOUS);
    }

    List<String> reported() {
        return exchanges.stream()
                .map(e -> e.request() + " " + e.status() + " " + e.sent() + "/" + e.received())
                .toList();
    }

    /** Gives a first value, and a second one when that is refused; then the second one for ever. */
    static final class Renewable implements Authorization {
        final List<String> refused = new ArrayList<>();

        @Override
        public synchronized String header(String stale) throws IOException {
            if (!stale.isEmpty()) {
                refused.add(stale);
            }
            return refused.isEmpty() ? "Basic first" : "Basic second";
        }
    }
}
