package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.it.Golden;
import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services that have a library in common: its layer is sent once. */
class FleetTest {
    private static final int LARGE = 2 << 20;
    private static final byte[] LIBRARY = new byte[LARGE];

    static {
        new Random(5).nextBytes(LIBRARY);
    }

    @TempDir
    private Path directory;

    private static TestModule service(DeliveryFixture fixture, String name) {
        return fixture.module(name).base(fixture.pinnedBase()).file("lib/web-1.0.jar", LIBRARY);
    }

    private static Map<String, Fate> fates(Staging staging) {
        return staging.parts().stream().collect(Collectors.toMap(Part::name, Part::fate, (a, b) -> a));
    }

    private static long largeUploads(DeliveryFixture fixture) {
        return fixture.ecr.requests().stream()
                .filter(request -> request.received() >= LARGE)
                .count();
    }

    private static long begunUploads(DeliveryFixture fixture, String repository) {
        return fixture.count("POST /v2/" + repository + "/blobs/uploads/");
    }

    @Test
    void mountsWhatAnotherServiceHasBrought() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            StagedImage orders = fixture.stage(service(fixture, "orders"));
            Staging ofOrders = fixture.log.staging();
            TestModule module = service(fixture, "billing");
            StagedImage billing = fixture.stage(module);

            Staging staging = fixture.log.staging();
            assertThat(fates(staging))
                    .containsEntry("base", Fate.MOUNTED)
                    .containsEntry("dependencies", Fate.MOUNTED)
                    .containsEntry("resources", Fate.MOUNTED)
                    .containsEntry("classes", Fate.UPLOADED)
                    .containsEntry("config", Fate.UPLOADED);
            assertThat(largeUploads(fixture)).isEqualTo(1);
            fixture.publish(orders, billing);
            Golden.assertThatLines(fixture.requests()).match("first-push-two-services");
            Json bytes =
                    Json.parse(Files.readAllBytes(module.report("push.json"))).get("bytes");
            assertThat(bytes.get("mounted").number()).hasValue(staging.bytes(Fate.MOUNTED));
            assertThat(bytes.get("saved").number().orElseThrow()).isGreaterThanOrEqualTo(LARGE);
            assertThat(fixture.log.transfers().images()).isEqualTo(2);
            assertThat(fixture.log.transfers().saved()).isEqualTo(ofOrders.saved() + staging.saved());
            assertThat(fixture.log.transfers().uploaded())
                    .isEqualTo(ofOrders.bytes(Fate.UPLOADED) + staging.bytes(Fate.UPLOADED));
        }
    }

    @Test
    void sendsItAgainWithoutAFurtherRequestWhereMountsAreRefused() throws Exception {
        try (DeliveryFixture fixture =
                new DeliveryFixture(directory, LocalEcr.builder().blobMounting(false))) {
            fixture.stage(service(fixture, "orders"));
            fixture.stage(service(fixture, "billing"));

            assertThat(fixture.log.staging().count(Fate.UPLOADED)).isEqualTo(7);
            assertThat(begunUploads(fixture, "billing")).isEqualTo(7).isEqualTo(begunUploads(fixture, "orders"));
            assertThat(largeUploads(fixture)).isEqualTo(2);
        }
    }

    @Test
    void asksForBlobsUntilTheRegistryHasMountedOne() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.ecr.createRepository("reports");
            fixture.ecr.createRepository("mail");

            for (String name : List.of("orders", "billing", "reports", "mail")) {
                fixture.stage(service(fixture, name));
            }

            assertThat(fixture.count("ecr:BatchCheckLayerAvailability")).isEqualTo(2);
            assertThat(fates(fixture.log.staging())).containsEntry("dependencies", Fate.MOUNTED);
            assertThat(largeUploads(fixture)).isEqualTo(1);
        }
    }

    @Test
    void asksForTheBlobsOfEachServiceWhereMountsAreRefused() throws Exception {
        try (DeliveryFixture fixture =
                new DeliveryFixture(directory, LocalEcr.builder().blobMounting(false))) {
            fixture.ecr.createRepository("reports");

            for (String name : List.of("orders", "billing", "reports")) {
                fixture.stage(service(fixture, name));
            }

            assertThat(fixture.count("ecr:BatchCheckLayerAvailability")).isEqualTo(3);
        }
    }

    @Test
    void mountsFromAServiceThatIsPublishedAlready() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.deliver(service(fixture, "orders"));
            fixture.newSession();
            fixture.deliver(service(fixture, "orders"));
            fixture.deliver(service(fixture, "billing"));

            assertThat(fates(fixture.log.staging())).containsEntry("dependencies", Fate.MOUNTED);
            assertThat(largeUploads(fixture)).isEqualTo(1);
        }
    }

    @Test
    void mountsABaseThatWasBroughtFromElsewhereOnce() throws Exception {
        Path storage = directory.resolve("elsewhere");
        try (LocalEcr elsewhere = LocalEcr.builder().storage(storage).start()) {
            TinyBase.seed(elsewhere, "jre", "17");
        }
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            String base = storage.resolve("jre").toString();
            fixture.stage(service(fixture, "orders").base(base));
            assertThat(fates(fixture.log.staging())).containsEntry("base", Fate.UPLOADED);
            fixture.stage(service(fixture, "billing").base(base));
            assertThat(fates(fixture.log.staging())).containsEntry("base", Fate.MOUNTED);
        }
    }

    @Test
    void waitsForALargeLayerThatIsOnItsWayAndSendsTheRestMeanwhile() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            Hold hold = Hold.before();
            fixture.ecr.faults().inject(Occasion.of("ecr:PutImage").nth(1), hold);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Future<StagedImage> orders = threads.submit(() -> fixture.stage(service(fixture, "orders")));
                hold.awaitArrival();
                Future<StagedImage> billing = threads.submit(() -> fixture.stage(service(fixture, "billing")));
                while (begunUploads(fixture, "billing") < 6) {
                    Thread.onSpinWait();
                }
                assertThat(billing.isDone()).isFalse();
                hold.release();
                orders.get();
                billing.get();
            } finally {
                threads.shutdownNow();
            }
            assertThat(largeUploads(fixture)).isEqualTo(1);
            assertThat(begunUploads(fixture, "billing")).isEqualTo(7);
        }
    }

    @Test
    void foreseesWhatWouldBeMounted() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            Delivery delivery = fixture.delivery;
            PushPlan orders = delivery.plan(service(fixture, "orders").module(), Exchange.Listener.NONE);
            PushPlan billing = delivery.plan(service(fixture, "billing").module(), Exchange.Listener.NONE);

            assertThat(fates(orders.staging().orElseThrow())).containsEntry("dependencies", Fate.UPLOADED);
            assertThat(fates(billing.staging().orElseThrow())).containsEntry("dependencies", Fate.MOUNTED);

            fixture.stage(service(fixture, "billing"));
            assertThat(fates(fixture.log.staging())).containsEntry("dependencies", Fate.UPLOADED);
        }
    }

    @Test
    void sendsNothingTwiceIntoOneRepository() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.stage(service(fixture, "orders"));
            List<RecordedRequest> before = fixture.ecr.requests();
            fixture.stage(service(fixture, "billing")
                    .repository("orders")
                    .version("2.0.0")
                    .sha(TestModule.OTHER_SHA));

            assertThat(fates(fixture.log.staging())).containsEntry("dependencies", Fate.REUSED);
            assertThat(fixture.ecr.requests().size()).isGreaterThan(before.size());
            assertThat(largeUploads(fixture)).isEqualTo(1);
        }
    }
}
