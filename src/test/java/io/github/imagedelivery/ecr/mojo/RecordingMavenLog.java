package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** Keeps what Maven's log is told, as Maven prints it; not what is for debugging. */
final class RecordingMavenLog extends SystemStreamLog {
    private final List<String> lines;

    RecordingMavenLog(List<String> lines) {
        this.lines = lines;
    }

    @Override
    public void debug(CharSequence line) {}

    @Override
    public void info(CharSequence line) {
        add("[INFO] ", line);
    }

    @Override
    public void warn(CharSequence line) {
        add("[WARNING] ", line);
    }

    @Override
    public void error(CharSequence line) {
        add("[ERROR] ", line);
    }

    private synchronized void add(String level, CharSequence line) {
        lines.add(level + line);
    }
}
