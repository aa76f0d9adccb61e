package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.LastRun;
import io.github.imagedelivery.ecr.delivery.Leftover;
import io.github.imagedelivery.ecr.delivery.Leftover.State;
import io.github.imagedelivery.ecr.delivery.Phase;
import io.github.imagedelivery.ecr.delivery.Result;
import io.github.imagedelivery.ecr.delivery.Transfers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

/** How the log words what an earlier run has left. */
class MavenDeliveryLogTest {
    private final List<String> lines = new ArrayList<>();
    private final MavenDeliveryLog log = new MavenDeliveryLog(new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }

        @Override
        public void warn(CharSequence line) {
            lines.add("warning: " + line);
        }
    });

    private static Optional<LastRun> killed(Phase phase) {
        return Optional.of(new LastRun(Optional.of(phase), Optional.empty(), Optional.empty()));
    }

    private static Optional<LastRun> ended(Result result) {
        return Optional.of(new LastRun(Optional.empty(), Optional.of(result), Optional.empty()));
    }

    @Test
    void saysWhatAKilledRunHasLeft() {
        log.found("orders", new Leftover(killed(Phase.PUBLISH_VERSION), true, State.THERE, Map.of(), State.MISSING));

        assertThat(lines)
                .containsExactly("orders: the last run ended while the version tag was written; the SHA tag is there,"
                        + " the version tag missing; completing it");
    }

    @Test
    void saysHowTheLastRunEnded() {
        log.found("orders", new Leftover(ended(Result.UNKNOWN), true, State.THERE, Map.of(), State.THERE));

        assertThat(lines)
                .containsExactly("orders: the last run ended UNKNOWN; the SHA tag is there, the version tag there;"
                        + " nothing is left to do");
    }

    @Test
    void keepsTheTagsOfThisImageApartFromAnotherRunsImage() {
        log.found("orders", new Leftover(ended(Result.REFUSED), false, State.MISSING, Map.of(), State.ELSEWHERE));

        assertThat(lines)
                .containsExactly("orders: the last run, of another image or none, ended REFUSED; of this one, the SHA"
                        + " tag is missing, the version tag at another image; publishing it");
    }

    @Test
    void saysWhatIsTrueOfAnEarlierBuildToo() {
        log.found("orders", new Leftover(Optional.empty(), false, State.THERE, Map.of(), State.MISSING));

        assertThat(lines)
                .containsExactly("orders: found what another build of this commit has pushed, or a publish that was not"
                        + " finished; the SHA tag is there, the version tag missing; completing it");
    }

    @Test
    void warnsThatAPhaseCannotBeNoted() {
        log.phaseNotNoted(Path.of("ecr"), new IOException("disk full"));

        assertThat(lines)
                .containsExactly("warning: How far the push has come cannot be noted in ecr, and it goes on:"
                        + " java.io.IOException: disk full");
    }

    @Test
    void saysWhatSeveralImagesHaveSaved() {
        log.transferred(new Transfers(3, 2_500_000, 5_000_000, 1_000_000));
        log.transferred(new Transfers(2, 2_500_000, 0, 1_000_000));

        assertThat(lines)
                .containsExactly(
                        "3 images: 2.5 MB sent, 6.0 MB saved, 5.0 MB of it mounted",
                        "2 images: 2.5 MB sent, 1.0 MB saved");
    }
}
