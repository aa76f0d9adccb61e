package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What {@code push.json} tells of a run that did not end with all tags in place. It is for the log alone: what is
 * still to be done follows from what the tags say.
 *
 * @param phase how far it came; empty if it ended before its image was staged
 * @param result how it ended; empty if it was stopped
 * @param image digest of its image, in text; empty if it came to none
 */
public record LastRun(Optional<Phase> phase, Optional<Result> result, Optional<String> image) {
    /** Tells whether the image was that one. */
    boolean isOf(Digest digest) {
        return image.filter(digest.toString()::equals).isPresent();
    }

    /** Tells whether it came so far that a tag may have been written. */
    boolean hasBegunToPublish() {
        return phase.filter(reached -> reached.compareTo(Phase.STAGED) > 0).isPresent();
    }

    /** Reads what the last run has left; empty if nothing, nothing that can be understood, or a success. */
    static Optional<LastRun> in(Path directory) {
        return PushFile.read(directory)
                .map(LastRun::of)
                .filter(run -> run.phase.isPresent() || run.result.isPresent())
                .filter(run -> run.result.filter(Result::isSuccess).isEmpty());
    }

    private static LastRun of(Json report) {
        return new LastRun(
                report.get("phase").text().flatMap(Phase::of),
                report.get("result").text().flatMap(LastRun::result),
                report.get("digest").text());
    }

    private static Optional<Result> result(String name) {
        return Arrays.stream(Result.values())
                .filter(result -> result.name().equals(name))
                .findFirst();
    }
}
