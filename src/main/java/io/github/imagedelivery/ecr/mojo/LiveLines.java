package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.mojo.Terminal.Size;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines at the foot of a terminal that are written over, while whatever else is printed scrolls above them, whoever
 * prints it: the terminal is told to scroll its upper rows alone. Safe for use by several threads.
 */
final class LiveLines implements Closeable {
    private static final String ESCAPE = "\u001b";
    private static final String SAVE_CURSOR = ESCAPE + "7";
    private static final String RESTORE_CURSOR = ESCAPE + "8";
    /** One row down in the same column; at the last row, the text moves up instead. */
    private static final String INDEX = ESCAPE + "D";

    private static final String CLEAR_ROW = ESCAPE + "[2K";
    private static final String CLEAR_BELOW = ESCAPE + "[J";
    private static final String SCROLL_ALL = ESCAPE + "[r";
    /** What is left to other lines at least. */
    private static final int ROWS_ABOVE = 5;

    private final Terminal terminal;
    private Size size = new Size(0, 0);
    private int rows;
    private Optional<Closeable> guard = Optional.empty();
    private boolean closed;

    LiveLines(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows these lines instead of the last ones; as many of them as there is room for. */
    synchronized void show(List<String> lines) {
        if (closed) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (!lines.isEmpty()) {
            look(text);
        }
        List<String> shown = fitting(lines);
        if (shown.isEmpty() && rows == 0) {
            return;
        }
        if (guard.isEmpty()) {
            guard = Optional.of(terminal.atTheEnd(scrolling(SCROLL_ALL)));
        }
        reserve(text, shown.size());
        text.append(SAVE_CURSOR);
        for (int i = 0; i < rows; i++) {
            text.append(row(size.rows() - rows + i + 1)).append(CLEAR_ROW).append(cut(shown.get(i)));
        }
        text.append(RESTORE_CURSOR);
        terminal.write(text.toString());
    }

    /** Takes the lines away for good, and leaves the terminal as it was found. */
    @Override
    public synchronized void close() throws IOException {
        show(List.of());
        closed = true;
        if (guard.isPresent()) {
            guard.get().close();
        }
    }

    private void look(StringBuilder text) {
        Size now = terminal.size().orElse(size);
        if (!now.equals(size) && rows > 0) {
            // Where the rows are by now, only the terminal knows: somewhere below the text.
            text.append(scrolling(SCROLL_ALL));
            rows = 0;
        }
        size = now;
    }

    private List<String> fitting(List<String> lines) {
        int room = Math.max(0, size.rows() - ROWS_ABOVE);
        if (lines.size() <= room || room == 0) {
            return room == 0 ? List.of() : lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, room - 1));
        some.add("and " + (lines.size() - some.size()) + " more");
        return some;
    }

    /** Takes rows from the text above, which moves up where it reaches down to them; or gives rows back. */
    private void reserve(StringBuilder text, int wanted) {
        if (wanted > rows) {
            int more = wanted - rows;
            text.append(INDEX.repeat(more)).append(ESCAPE + "[").append(more).append('A');
        }
        if (wanted != rows) {
            text.append(scrolling(wanted == 0 ? SCROLL_ALL : ESCAPE + "[1;" + (size.rows() - wanted) + "r"));
            rows = wanted;
        }
    }

    /** Tells which rows are to scroll, by which the cursor would be moved; what is below the text is all ours. */
    private static String scrolling(String region) {
        return SAVE_CURSOR + region + RESTORE_CURSOR + CLEAR_BELOW;
    }

    private static String row(int number) {
        return ESCAPE + "[" + number + ";1H";
    }

    /** The last column stays free: there, some terminals begin another row. */
    private String cut(String line) {
        return line.substring(0, Math.min(line.length(), Math.max(0, size.columns() - 1)));
    }
}
