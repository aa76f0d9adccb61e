package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    @Test
    void writesEachLineAtItsLevel() {
        List<String> written = new ArrayList<>();
        LogLines lines = new LogLines(new SystemStreamLog() {
            @Override
            public void debug(CharSequence line) {
                written.add("debug " + line);
            }

            @Override
            public void info(CharSequence line) {
                written.add("info " + line);
            }

            @Override
            public void warn(CharSequence line) {
                written.add("warn " + line);
            }

            @Override
            public void error(CharSequence line) {
                written.add("error " + line);
            }
        });

        lines.debug("a");
        lines.info("b");
        lines.warn("c");
        lines.error("d");

        assertThat(written).containsExactly("debug a", "info b", "warn c", "error d");
    }

    @Test
    void doesNotMindThatTheTerminalIsClosed() {
        LogLines lines = new LogLines(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                throw new IllegalStateException("Terminal has been closed");
            }
        });

        assertThatCode(() -> lines.info("published")).doesNotThrowAnyException();
    }
}
