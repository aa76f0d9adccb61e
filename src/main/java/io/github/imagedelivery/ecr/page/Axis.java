package io.github.imagedelivery.ecr.page;

import io.github.imagedelivery.ecr.page.ImageReport.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where moments are drawn on a line from 0 to 100 percent. A time in which nothing was done, as while an image waits for
 * the rest of its build, is drawn short where it would leave no room for the rest.
 */
final class Axis {
    private static final long PART_OF_WORK = 12;
    private static final double WHOLE = 100;

    private final List<Span> work;
    private final long longestGap;

    private Axis(List<Span> work) {
        this.work = work;
        this.longestGap = Math.max(1, work.stream().mapToLong(Span::millis).sum() / PART_OF_WORK);
    }

    /** Returns a line on which all of them have room. */
    static Axis of(List<Span> spans) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingLong(Span::start));
        List<Span> work = new ArrayList<>();
        for (Span span : sorted) {
            Span last = work.isEmpty() ? null : work.get(work.size() - 1);
            if (last == null || span.start() > last.end()) {
                work.add(span);
            } else if (span.end() > last.end()) {
                work.set(work.size() - 1, new Span("", last.start(), span.end() - last.start()));
            }
        }
        return new Axis(work);
    }

    /** Returns where a moment is, in percent. */
    double at(long millis) {
        return WHOLE * drawn(millis) / Math.max(1, drawn(Long.MAX_VALUE));
    }

    private long drawn(long millis) {
        long drawn = 0;
        long last = begin();
        for (Span span : work) {
            drawn += Math.min(Math.max(0, Math.min(millis, span.start()) - last), longestGap);
            drawn += Math.max(0, Math.min(millis, span.end()) - span.start());
            last = span.end();
        }
        return drawn;
    }

    /** Returns the first moment. */
    long begin() {
        return work.isEmpty() ? 0 : work.get(0).start();
    }

    /** Returns how many milliseconds are drawn as a gap that is shorter than they were. */
    long shortened() {
        long shortened = 0;
        for (int i = 1; i < work.size(); i++) {
            long gap = work.get(i).start() - work.get(i - 1).end();
            shortened += gap > longestGap ? gap : 0;
        }
        return shortened;
    }

    /** Draws a span. */
    void draw(Span span, Strip strip, String look, String title) {
        strip.segment(at(span.start()), at(span.end()) - at(span.start()), look, title);
    }
}
