package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.Progress.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is shown of works, by a clock that moves when it is told to. */
class ProgressBoardTest {
    private static final long MB = 1_000_000;

    private final FakeTicker ticker = new FakeTicker();
    private final List<String> log = new ArrayList<>();
    private final FakeTerminal terminal = new FakeTerminal(10, 80);
    private final ProgressBoard plain = new ProgressBoard(
            ticker::nanos, ticker, new PlainProgress(new GoalLog(new RecordingMavenLog(log))::atWork));
    private final ProgressBoard live =
            new ProgressBoard(ticker::nanos, ticker, new LiveProgress(new LiveLines(terminal)));

    /** A clock, and who looks at it twice a second. */
    private static final class FakeTicker implements ProgressBoard.Ticker {
        private long nanos = 42;
        private Optional<Runnable> action = Optional.empty();

        long nanos() {
            return nanos;
        }

        @Override
        public void start(Runnable started) {
            action = Optional.of(started);
        }

        @Override
        public void stop() {
            action = Optional.empty();
        }

        void pass(int seconds, Runnable eachHalf) {
            for (int i = 0; i < 2 * seconds; i++) {
                nanos += Duration.ofMillis(500).toNanos();
                eachHalf.run();
                action.ifPresent(Runnable::run);
            }
        }

        void pass(int seconds) {
            pass(seconds, () -> {});
        }
    }

    @Test
    void logsALineOfEachWorkEveryTenSeconds() {
        Work orders = plain.begin("orders");
        orders.phase("build");
        ticker.pass(9);
        assertThat(log).isEmpty();
        ticker.pass(1);

        orders.phase("stage");
        orders.expect(80 * MB);
        ticker.pass(12, () -> orders.moved(MB));

        assertThat(log)
                .containsExactly(
                        "[INFO] orders: build, for 10 s",
                        "[INFO] orders: stage, 20.0 MB of 80.0 MB, 2.0 MB/s, 30 s left");
    }

    @Test
    void logsNothingOfWhatEndsSooner() {
        plain.begin("orders").close();
        Work billing = plain.begin("billing");
        ticker.pass(9);
        billing.close();
        ticker.pass(20);

        assertThat(log).isEmpty();
    }

    @Test
    void beginsAnewWithTheNextWorkOfThatName() {
        Work staging = plain.begin("orders");
        ticker.pass(11);
        staging.close();
        plain.begin("orders").phase("publish");
        ticker.pass(10);

        assertThat(log).containsExactly("[INFO] orders: for 10 s", "[INFO] orders: publish, for 10 s");
    }

    @Test
    void showsALineForEachImageFromTwoSecondsOn() {
        Work orders = live.begin("orders");
        orders.phase("stage");
        orders.expect(80 * MB);
        ticker.pass(1, () -> orders.moved(MB));
        assertThat(terminal.text()).isEmpty();

        live.begin("billing-service").phase("base");
        ticker.pass(1, () -> orders.moved(MB));
        assertThat(terminal.text()).containsExactly("orders  stage  4.0 MB of 80.0 MB  2.0 MB/s  38 s left");
        ticker.pass(1, () -> orders.moved(MB));

        assertThat(terminal.text())
                .containsExactly(
                        "orders           stage  6.0 MB of 80.0 MB  2.0 MB/s  37 s left",
                        "billing-service  base                                for 2 s");
    }

    @Test
    void showsWhatThePageSays() throws Exception {
        Standing orders = new Standing(
                "orders", "stage", Duration.ofSeconds(12), 12_600_000, 80_100_000, OptionalLong.of(1_200_000));
        Standing billing = new Standing("billing-service", "base", Duration.ofSeconds(3), 0, 0, OptionalLong.empty());

        assertThat(Path.of("src/site/markdown/usage.md"))
                .content()
                .contains(String.join("\n", ProgressText.table(List.of(orders, billing))))
                .contains('`' + ProgressText.line(orders) + '`');
    }

    @Test
    void takesALineAwayWhenItsWorkEnds() {
        Work orders = live.begin("orders");
        Work billing = live.begin("billing");
        ticker.pass(3);

        billing.close();
        assertThat(terminal.text()).containsExactly("orders  for 3 s");
        orders.close();
        billing.close();

        assertThat(terminal.text()).isEmpty();
    }

    @Test
    void countsTheBytesOfAPhaseFromZero() {
        Work orders = live.begin("orders");
        orders.phase("base");
        orders.expect(2 * MB);
        orders.moved(2 * MB);
        orders.phase("stage");
        orders.expect(4 * MB);
        orders.expect(-MB);
        orders.moved(MB);
        ticker.pass(2);

        assertThat(terminal.text()).containsExactly("orders  stage  1.0 MB of 3.0 MB  0 bytes/s  for 2 s");
    }

    @Test
    void tellsTheRateOfTheLastSecondsAndNoTimeWhereNothingMoves() {
        Work orders = live.begin("orders");
        orders.phase("stage");
        orders.expect(800 * MB);
        ticker.pass(5, () -> orders.moved(10 * MB));
        ticker.pass(20, () -> orders.moved(MB));
        assertThat(terminal.text()).containsExactly("orders  stage  140.0 MB of 800.0 MB  2.0 MB/s  5 min 30 s left");

        ticker.pass(12);

        assertThat(terminal.text()).containsExactly("orders  stage  140.0 MB of 800.0 MB  0 bytes/s  for 37 s");
    }
}
