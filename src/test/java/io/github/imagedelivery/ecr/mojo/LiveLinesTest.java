package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveLinesTest {
    private final FakeTerminal terminal = new FakeTerminal(8, 20);
    private final LiveLines lines = new LiveLines(terminal);

    @Test
    void standAtTheFootAndAreWrittenOver() {
        terminal.println("first");

        lines.show(List.of("orders 1", "billing 1"));
        lines.show(List.of("orders 2", "billing 2"));

        assertThat(terminal.screen()).containsExactly("first", "", "", "", "", "", "orders 2", "billing 2");
    }

    @Test
    void letOtherLinesScrollAboveThem() {
        lines.show(List.of("orders", "billing"));

        for (int i = 1; i <= 9; i++) {
            terminal.println("line " + i);
        }

        assertThat(terminal.screen())
                .containsExactly("line 5", "line 6", "line 7", "line 8", "line 9", "", "orders", "billing");
    }

    @Test
    void doNotCoverWhatStandsAtTheFootAlready() {
        for (int i = 1; i <= 9; i++) {
            terminal.println("line " + i);
        }

        lines.show(List.of("orders", "billing"));

        assertThat(terminal.screen())
                .containsExactly("line 5", "line 6", "line 7", "line 8", "line 9", "", "orders", "billing");
    }

    @Test
    void mayStartWhereALineIsHalfPrinted() {
        terminal.write("Progress: 40");

        lines.show(List.of("orders"));
        terminal.println(" kB");

        assertThat(terminal.screen()).startsWith("Progress: 40 kB").last().isEqualTo("orders");
    }

    @Test
    void leaveTheTerminalAsItWas() throws IOException {
        terminal.println("before");
        lines.show(List.of("orders", "billing"));

        lines.close();
        for (int i = 1; i <= 7; i++) {
            terminal.println("line " + i);
        }

        assertThat(terminal.text())
                .containsExactly("before", "line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7");
        assertThat(terminal.screen()).contains("line 7", "line 1");
    }

    @Test
    void leaveTheTerminalAsItWasAlsoWhenTheBuildIsKilled() {
        terminal.println("before");
        lines.show(List.of("orders", "billing"));

        terminal.killWriter();
        for (int i = 1; i <= 7; i++) {
            terminal.println("line " + i);
        }

        assertThat(terminal.text())
                .containsExactly("before", "line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7");
    }

    @Test
    void stayAwayOnceTheyAreClosed() throws IOException {
        lines.close();

        lines.show(List.of("orders"));

        assertThat(terminal.text()).isEmpty();
    }

    @Test
    void areCutBeforeTheLastColumn() {
        lines.show(List.of("orders of a shop that never ends"));

        assertThat(terminal.text()).containsExactly("orders of a shop th");
    }

    @Test
    void countThoseForWhichThereIsNoRoom() {
        lines.show(List.of("a", "b", "c", "d", "e"));

        assertThat(terminal.text()).containsExactly("a", "b", "and 3 more");
    }

    @Test
    void areNotThereWhereThereIsNoTerminal() {
        List<String> written = new ArrayList<>();
        LiveLines nowhere = new LiveLines(new Terminal() {
            @Override
            public Optional<Size> size() {
                return Optional.empty();
            }

            @Override
            public void write(String text) {
                written.add(text);
            }

            @Override
            public Closeable atTheEnd(String text) {
                throw new AssertionError("there is nothing to give back");
            }
        });

        nowhere.show(List.of("orders"));

        assertThat(written).isEmpty();
    }

    @Test
    void moveToTheFootOfALargerWindow() {
        terminal.println("first");
        lines.show(List.of("orders 1"));

        terminal.resize(10);
        lines.show(List.of("orders 2"));

        assertThat(terminal.text()).containsExactly("first", "orders 2");
        assertThat(terminal.screen()).last().isEqualTo("orders 2");
    }

    @Test
    void garbleNothingHoweverManyThereAreAndWhateverIsPrintedBetween() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            FakeTerminal any = new FakeTerminal(6 + random.nextInt(6), 20);
            LiveLines live = new LiveLines(any);
            List<String> printed = new ArrayList<>();
            for (int turn = 0; turn < 60; turn++) {
                live.show(Collections.nCopies(random.nextInt(7), "live " + turn));
                for (int i = random.nextInt(4); i > 0; i--) {
                    String line = "line " + printed.size();
                    printed.add(line);
                    any.write(line.substring(0, 3));
                    live.show(Collections.nCopies(random.nextInt(7), "live " + turn));
                    any.println(line.substring(3));
                }
            }
            live.close();

            assertThat(any.text()).as("seed %s", seed).isEqualTo(printed);
        }
    }
}
