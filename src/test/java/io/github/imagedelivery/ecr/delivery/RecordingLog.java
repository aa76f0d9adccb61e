package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps what a delivery said, one line for each event. */
final class RecordingLog implements DeliveryLog {
    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private @Nullable Staging lastStaging;
    private @Nullable Transfers transfers;

    /** Returns how the last image's content came to be in its repository. */
    Transfers transfers() {
        return Objects.requireNonNull(transfers);
    }

    Staging staging() {
        return Objects.requireNonNull(lastStaging);
    }

    @Override
    public void resolved(String module, Coordinates coordinates) {
        events.add("resolved " + module + " " + coordinates.tags());
    }

    @Override
    public void tagsLeftOut(String module, List<String> templates, Coordinates coordinates) {
        events.add("left out " + module + " " + templates);
    }

    @Override
    public void commitDiffers(String module, Pipeline pipeline, Coordinates coordinates) {
        events.add("differs " + module + " " + pipeline.name());
    }

    @Override
    public void notCheckedOut(String module, Coordinates coordinates, String head) {
        events.add("not checked out " + module + " " + coordinates.sha());
    }

    @Override
    public void wantedTwice(String module, Claims.Rival rival) {
        events.add("wanted twice " + module + " " + rival.name() + " " + rival.module());
    }

    @Override
    public void leftToPush(String module, Exception cause) {
        events.add("left to push " + module + " " + cause.getMessage());
    }

    @Override
    public void repositoryCreated(RepositoryName repository) {
        events.add("created " + repository);
    }

    @Override
    public void undoIsOff(String module) {
        events.add("undo off " + module);
    }

    @Override
    public void undoIsBlind(String module, String cause) {
        events.add("undo blind " + module + " " + cause);
    }

    @Override
    public void base(String module, String pinned, Platform platform) {
        events.add("base " + pinned + " " + platform);
    }

    @Override
    public void onPlatform(String module, Platform platform, Digest image) {
        events.add("on " + platform);
    }

    @Override
    public void staged(String module, Staging staging) {
        events.add("staged " + module);
        lastStaging = staging;
    }

    @Override
    public void published(Publication publication) {
        events.add("published " + publication.image().module() + " " + publication.result());
    }

    @Override
    public void found(String module, Leftover leftover) {
        String last = leftover.last()
                .map(run -> run.result()
                                .map(Result::name)
                                .orElseGet(() -> run.phase().orElseThrow().word())
                        + (leftover.isSameImage() ? " " : " elsewhere "))
                .orElse("");
        events.add("found " + module + " " + last + leftover.sha() + " " + leftover.version());
    }

    @Override
    public void phaseNotNoted(Path directory, IOException cause) {
        events.add("not noted " + directory.getFileName());
    }

    @Override
    public void adopted(String module, Digest existing) {
        events.add("adopted " + module + " " + existing);
    }

    @Override
    public void transferred(Transfers told) {
        transfers = told;
    }
}
