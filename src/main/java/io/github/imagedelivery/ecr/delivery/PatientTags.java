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
 * A repository's tags as the undo writes them: again where a write got no answer or came too fast. A removal names tag and
 * digest, and what is put back was there before, so that the second of two that arrive changes nothing. Reads are not
 * repeated here, since the SDK does so.
 *
 * @param store the tags
 * @param pause waits between tries
 */
record PatientTags(TagStore store, Pause pause) implements TagStore {
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 500;

    private interface Write<T> {
        T run() throws AwsException;
    }

    private <T> T written(Write<T> write) throws AwsException {
        for (int tries = 1; ; tries++) {
            try {
                return write.run();
            } catch (AwsException e) {
                boolean isPassing = e.isThrottling() || !e.isDefinite();
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
