package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps {@code push.json} true while a delivery goes on, so that whoever finds it after a kill knows how far that run
 * came. Nothing depends on it: where it cannot be written, the delivery goes on. Safe for use by several threads.
 */
final class Journal implements PhaseListener {
    private final DeliveryLog log;
    private final Map<StagedImage, Entry> entries = new HashMap<>();
    private boolean hasWarned;

    Journal(DeliveryLog log) {
        this.log = log;
    }

    /**
     * How far an image has come.
     *
     * @param phase the phase it is in
     * @param created the tags that this run has written for certain and has not taken back
     */
    record Entry(Phase phase, List<Tag> created) {
        static final Entry STAGING = new Entry(Phase.STAGE, List.of());
        static final Entry STAGED = new Entry(Phase.STAGED, List.of());

        /** Returns the entry of an image that ended that way. */
        Entry ended(Result result) {
            return result.isSuccess() ? new Entry(Phase.DONE, created) : this;
        }
    }

    @Override
    public synchronized void at(StagedImage image, Phase phase, List<Tag> created) {
        Entry entry = new Entry(phase, created);
        entries.put(image, entry);
        write(image.reports(), Reporter.unfinished(image, entry));
    }

    /** Notes that content is about to be sent. */
    synchronized void staging(Path directory, Json report) {
        write(directory, report);
    }

    /** Returns how far an image has come. */
    synchronized Entry entry(StagedImage image) {
        return entries.getOrDefault(image, Entry.STAGED);
    }

    private void write(Path directory, Json report) {
        try {
            PushFile.write(directory, report);
        } catch (IOException e) {
            if (!hasWarned) {
                hasWarned = true;
                log.phaseNotNoted(directory, e);
            }
        }
    }
}
