package io.github.imagedelivery.ecr.mojo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Logs a line of each work every ten seconds. */
final class PlainProgress implements ProgressBoard.View {
    private static final long INTERVAL_SECONDS = 10;

    private final Consumer<Standing> log;
    /** How many times ten seconds each work has been going on, as was last told. */
    private final Map<String, Long> told = new HashMap<>();

    PlainProgress(Consumer<Standing> log) {
        this.log = log;
    }

    @Override
    public void show(List<Standing> works) {
        told.keySet().retainAll(works.stream().map(Standing::name).collect(Collectors.toSet()));
        for (Standing work : works) {
            long intervals = work.since().toSeconds() / INTERVAL_SECONDS;
            if (intervals > told.getOrDefault(work.name(), 0L)) {
                told.put(work.name(), intervals);
                log.accept(work);
            }
        }
    }
}
