package io.github.imagedelivery.ecr.mojo;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As much of a VT100 as the plugin speaks to: a cursor, rows that scroll, and what is on the screen. */
final class FakeTerminal implements Terminal {
    private static final Pattern SEQUENCE = Pattern.compile("\\[(\\d*)(?:;(\\d+))?([AHJKr])");

    private Size size;
    private char[][] cells;
    private int row;
    private int column;
    private int[] saved = {0, 0};
    private int lastScrolled;
    private String last = "";
    private final List<String> scrolledOff = new ArrayList<>();

    FakeTerminal(int rows, int columns) {
        this.size = new Size(rows, columns);
        this.cells = blank(rows, columns);
        this.lastScrolled = rows - 1;
    }

    private static char[][] blank(int rows, int columns) {
        char[][] cells = new char[rows][columns];
        for (char[] line : cells) {
            Arrays.fill(line, ' ');
        }
        return cells;
    }

    /** Makes the window larger or smaller at its foot; all rows scroll then, as in most terminals. */
    void resize(int rows) {
        while (row >= rows) {
            scroll();
            row--;
        }
        char[][] other = blank(rows, size.columns());
        System.arraycopy(cells, 0, other, 0, Math.min(rows, cells.length));
        cells = other;
        size = new Size(rows, size.columns());
        lastScrolled = rows - 1;
    }

    @Override
    public Optional<Size> size() {
        return Optional.of(size);
    }

    @Override
    public Closeable atTheEnd(String text) {
        last = text;
        return () -> last = "";
    }

    /** Ends the process that has written so far. */
    void killWriter() {
        write(last);
    }

    /** Prints a line as any program does. */
    void println(String line) {
        write(line + "\n");
    }

    @Override
    public void write(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                i = escape(text, i + 1);
            } else if (c == '\n') {
                column = 0;
                down();
            } else {
                cells[row][column++] = c;
            }
        }
    }

    private int escape(String text, int at) {
        switch (text.charAt(at)) {
            case '7' -> saved = new int[] {row, column};
            case '8' -> {
                row = saved[0];
                column = saved[1];
            }
            case 'D' -> down();
            default -> {
                Matcher sequence = SEQUENCE.matcher(text).region(at, text.length());
                if (!sequence.lookingAt()) {
                    throw new AssertionError("no VT100 knows " + text.substring(at));
                }
                control(sequence.group(3).charAt(0), number(sequence.group(1)), number(sequence.group(2)));
                return sequence.end() - 1;
            }
        }
        return at;
    }

    private static int number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private void control(char letter, int first, int second) {
        switch (letter) {
            case 'A' -> row = Math.max(0, row - first);
            case 'H' -> {
                row = first - 1;
                column = second - 1;
            }
            case 'J' -> {
                Arrays.fill(cells[row], column, size.columns(), ' ');
                for (int i = row + 1; i < size.rows(); i++) {
                    Arrays.fill(cells[i], ' ');
                }
            }
            case 'K' -> Arrays.fill(cells[row], ' ');
            default -> {
                lastScrolled = second == 0 ? size.rows() - 1 : second - 1;
                row = 0;
                column = 0;
            }
        }
    }

    private void down() {
        if (row == lastScrolled) {
            scroll();
        } else if (row < size.rows() - 1) {
            row++;
        }
    }

    private void scroll() {
        scrolledOff.add(new String(cells[0]).stripTrailing());
        for (int i = 0; i < lastScrolled; i++) {
            cells[i] = cells[i + 1];
        }
        cells[lastScrolled] = new char[size.columns()];
        Arrays.fill(cells[lastScrolled], ' ');
    }

    /** Returns what is on the screen. */
    List<String> screen() {
        return Arrays.stream(cells)
                .map(line -> new String(line).stripTrailing())
                .toList();
    }

    /** Returns all that was printed and was not written over, from the first line on. */
    List<String> text() {
        List<String> all = new ArrayList<>(scrolledOff);
        all.addAll(screen());
        return all.stream().filter(line -> !line.isEmpty()).toList();
    }
}
