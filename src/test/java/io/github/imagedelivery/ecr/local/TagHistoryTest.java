package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagHistoryTest {
    private static final Digest FIRST = Digest.of(new byte[] {1});
    private static final Digest SECOND = Digest.of(new byte[] {2});

    @Test
    void hasTagsThatWereWrittenMovedAndRemovedAndNoOthers() {
        TagHistory history = TagHistory.NONE
                .with(Map.of(), Map.of("a", FIRST, "b", FIRST), Instant.EPOCH)
                .with(Map.of("a", FIRST, "b", FIRST), Map.of("a", SECOND), Instant.EPOCH.plusSeconds(1));

        assertThat(history.changes())
                .containsExactly(
                        new TagHistory.Change("a", Optional.of(FIRST), Instant.EPOCH),
                        new TagHistory.Change("b", Optional.of(FIRST), Instant.EPOCH),
                        new TagHistory.Change("a", Optional.of(SECOND), Instant.EPOCH.plusSeconds(1)),
                        new TagHistory.Change("b", Optional.empty(), Instant.EPOCH.plusSeconds(1)));
    }

    @Test
    void forgetsTheOldestChanges() {
        TagHistory history = TagHistory.NONE;
        for (int i = 0; i <= TagHistory.MOST; i++) {
            history = history.with(Map.of(), Map.of("v" + i, FIRST), Instant.EPOCH);
        }

        assertThat(history.changes()).hasSize(TagHistory.MOST);
        assertThat(history.changes().get(0).tag()).isEqualTo("v1");
    }

    @Test
    void isThereAgainAfterARestart(@TempDir Path storage) throws Exception {
        SampleImage image = SampleImage.of("a");
        try (LocalEcr ecr = LocalEcr.builder().storage(storage).start()) {
            ecr.createRepository("orders");
            ecr.seed("orders", "latest", image.manifest(), image.blobs());
        }

        try (LocalEcr ecr = LocalEcr.builder().storage(storage).start()) {
            assertThat(List.of(new Client(ecr).get(ecr.endpoint()).body()))
                    .allMatch(page -> page.contains("History of tags: 1 change<"));
        }
    }
}
