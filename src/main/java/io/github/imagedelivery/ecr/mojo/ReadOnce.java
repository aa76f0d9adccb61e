package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.ci.WorkingCopyException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A working copy that is asked once in a session, however many modules there are. */
final class ReadOnce implements WorkingCopy {
    private final WorkingCopy source;
    private boolean asked;
    private @Nullable Revision known;

    ReadOnce(WorkingCopy source) {
        this.source = source;
    }

    @Override
    public synchronized Optional<Revision> revision() throws WorkingCopyException {
        if (!asked) {
            known = source.revision().orElse(null);
            asked = true;
        }
        return Optional.ofNullable(known);
    }
}
