package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardTerminalTest {
    @Test
    void readsRowsAndColumns() {
        assertThat(StandardTerminal.parse("24 80\n")).hasValue(new Terminal.Size(24, 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stty: 'standard input': Inappropriate ioctl for device\n", "24", "999999 80"})
    void isNoneWithoutAnAnswer(String answer) {
        assertThat(StandardTerminal.parse(answer)).isEmpty();
    }

    @Test
    void isNoneWhereTheOutputGoesToAnotherProgram() {
        // The output of a test goes to Surefire.
        assertThat(new StandardTerminal(Map.of("TERM", "xterm-256color")).size())
                .isEmpty();
    }

    @Test
    void isNoneWhereNothingCanBeMoved() {
        assertThat(new StandardTerminal(Map.of("TERM", "dumb")).size()).isEmpty();
        assertThat(new StandardTerminal(Map.of()).size()).isEmpty();
    }
}
