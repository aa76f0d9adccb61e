package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr.Put;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A repository's tags as one undo writes them: again where ECR answers that it cannot do it just now, and with an
 * account of whether anything may have changed. A write that got no answer is not repeated, since two of them might
 * land late, when another run has come to rely on the tag. Reads are not repeated here: {@code aws} does so.
 */
final class UndoneTags implements TagStore {
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 500;
    /** What ECR itself answers; a 502 or 504 comes from somebody in front of it, behind whom the request may go on. */
    private static final Set<Integer> OVER = Set.of(429, 500, 503);

    private final TagStore store;
    private final Pause pause;
    private boolean touched;

    UndoneTags(TagStore store, Pause pause) {
        this.store = store;
        this.pause = pause;
    }

    /** Tells whether a write was done, or may have been. */
    boolean areTouched() {
        return touched;
    }

    private interface Write<T> {
        T run() throws AwsException;
    }

    private <T> T written(Write<T> write) throws AwsException {
        for (int tries = 1; ; tries++) {
            try {
                T answer = write.run();
                touched = true;
                return answer;
            } catch (AwsException e) {
                touched |= !e.isDefinite();
                boolean isPassing = e.isThrottling() || OVER.contains(e.status());
                if (!isPassing || tries == TRIES || !pause.passes(tries * PAUSE_MILLIS)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException {
        return store.read(tags);
    }

    @Override
    public Put tag(Tag tag, Manifest manifest) throws AwsException {
        return written(() -> store.tag(tag, manifest));
    }

    @Override
    public Set<Tag> tagsOf(Digest digest) throws AwsException {
        return store.tagsOf(digest);
    }

    @Override
    public boolean untag(Tag tag, Digest digest) throws AwsException {
        return written(() -> store.untag(tag, digest));
    }
}
