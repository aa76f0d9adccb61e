package io.github.imagedelivery.ecr.mojo;

import java.time.Duration;
import java.util.List;

/** Shows each work that takes longer than a moment in a line of its own at the foot of the terminal. */
final class LiveProgress implements ProgressBoard.View {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final LiveLines lines;

    LiveProgress(LiveLines lines) {
        this.lines = lines;
    }

    @Override
    public void show(List<Standing> works) {
        List<Standing> shown = works.stream()
                .filter(work -> work.since().compareTo(MOMENT) >= 0)
                .toList();
        lines.show(shown.isEmpty() ? List.of() : ProgressText.table(shown));
    }
}
