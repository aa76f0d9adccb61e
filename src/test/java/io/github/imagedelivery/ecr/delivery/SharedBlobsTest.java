package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for whom, and what is known of blobs that others have brought. */
class SharedBlobsTest {
    private static final Digest ONE = digest("one");
    private static final Digest TWO = digest("two");

    private final Map<String, CompletableFuture<String>> session = new HashMap<>();
    private final SharedBlobs.Place orders = place("orders");
    private final SharedBlobs.Place billing = place("billing");

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As a class loader of its own makes it: what is shared is the map alone. */
    private SharedBlobs.Place place(String name) {
        return place("registry", name);
    }

    private SharedBlobs.Place place(String registry, String name) {
        return new SharedBlobs(session)
                .at(new RepositoryDescription(new RepositoryName(name), registry + "/" + name, "MUTABLE", List.of()));
    }

    @Test
    void knowsWhereABlobIsOnceItsManifestIsThere() {
        try (SharedBlobs.Claim first = orders.claim(List.of(ONE));
                SharedBlobs.Claim second = billing.claim(List.of(ONE))) {
            assertThat(second.source(ONE)).isEmpty();
            assertThat(second.isUnderWay(ONE)).isTrue();
            first.staged(List.of(ONE, TWO));
            assertThat(second.source(ONE)).hasValue(new RepositoryName("orders"));
            assertThat(second.isUnderWay(ONE)).isFalse();
        }
        assertThat(billing.isKnown(TWO)).isTrue();
    }

    @Test
    void isUnderWayForTheOthersAlone() {
        try (SharedBlobs.Claim first = orders.claim(List.of(ONE));
                SharedBlobs.Claim second = billing.claim(List.of(ONE, TWO))) {
            assertThat(first.isUnderWay(ONE)).isFalse();
            assertThat(second.isUnderWay(TWO)).isFalse();
        }
    }

    @Test
    void letsNobodyWaitForWhoHasFailed() throws Exception {
        SharedBlobs.Claim first = orders.claim(List.of(ONE));
        try (SharedBlobs.Claim second = billing.claim(List.of(ONE))) {
            first.close();
            second.await(ONE);
            assertThat(second.source(ONE)).isEmpty();
        }
        try (SharedBlobs.Claim third = place("shipping").claim(List.of(ONE))) {
            assertThat(third.isUnderWay(ONE)).isFalse();
            third.staged(List.of(ONE));
        }
        assertThat(orders.isKnown(ONE)).isTrue();
    }

    @Test
    void letsNobodyWaitWhereTheRegistryDoesNotMount() {
        try (SharedBlobs.Claim first = orders.claim(List.of(ONE, TWO));
                SharedBlobs.Claim second = billing.claim(List.of(ONE, TWO))) {
            assertThat(second.isUnderWay(TWO)).isTrue();
            first.refused();
            assertThat(second.isUnderWay(TWO)).isFalse();
        }
    }

    @Test
    void knowsNothingOfAnotherRegistry() {
        orders.has(List.of(ONE));

        assertThat(place("elsewhere", "billing").isKnown(ONE)).isFalse();
    }

    @Test
    void keepsWhatIsForeseenApart() {
        RepositoryDescription repository =
                new RepositoryDescription(new RepositoryName("orders"), "registry/orders", "MUTABLE", List.of());
        new SharedBlobs(session).foreseen().at(repository).has(List.of(ONE));

        assertThat(billing.isKnown(ONE)).isFalse();
        assertThat(new SharedBlobs(session).foreseen().at(repository).isKnown(ONE))
                .isTrue();
    }
}
