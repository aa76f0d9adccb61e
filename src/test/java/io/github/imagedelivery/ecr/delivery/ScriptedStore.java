package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr.Put;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.registry.Repository.Arrival;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A repository that gives the answers of a script, one after the other, and stops whoever asks for one more. So the
 * code that runs on it can be brought to any of its points again, and be asked what it would do next.
 */
final class ScriptedStore implements ContentStore, TagStore {
    private final Iterator<Answer> script;

    ScriptedStore(List<Answer> script) {
        this.script = script.iterator();
    }

    /** Thrown where the script ends; an error, since code under test may catch any exception. */
    static final class ScriptEnd extends Error {
        private static final long serialVersionUID = 1;

        private final transient Operation next;

        ScriptEnd(Operation next) {
            super(null, null, false, false);
            this.next = next;
        }

        Operation next() {
            return next;
        }
    }

    private <A extends Answer> A ask(Operation operation, Class<A> type) throws AwsException {
        if (!script.hasNext()) {
            throw new ScriptEnd(operation);
        }
        Answer answer = script.next();
        if (answer instanceof Answer.Failure failure) {
            throw failure.exception();
        }
        return type.cast(answer);
    }

    /** Looks the SHA tag up first, with a moment between: ECR promises no order, and this is the worse one. */
    @Override
    public Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException {
        Map<Tag, Manifest> read = new HashMap<>();
        for (Name name : tags.stream().map(Name::of).sorted().toList()) {
            ask(Operation.read(name), Answer.Read.class)
                    .value()
                    .ifPresent(content -> read.put(name.tag(), content.manifest()));
        }
        return read;
    }

    @Override
    public Put tag(Tag tag, Manifest manifest) throws AwsException {
        Operation put = Operation.onTag(Operation.Kind.PUT, Name.of(tag), Content.of(manifest.digest()));
        return ask(put, Answer.Written.class).value();
    }

    @Override
    public Set<Tag> tagsOf(Digest digest) throws AwsException {
        Operation tagsOf = Operation.onContent(Operation.Kind.TAGS_OF, Content.of(digest));
        Set<Tag> tags = new HashSet<>();
        ask(tagsOf, Answer.Tags.class).value().forEach(name -> tags.add(name.tag()));
        return tags;
    }

    @Override
    public boolean untag(Tag tag, Digest digest) throws AwsException {
        return isSo(Operation.onTag(Operation.Kind.UNTAG, Name.of(tag), Content.of(digest)));
    }

    /** Removes the tag wherever it points; for a mutation. */
    boolean untagWhatever(Tag tag, Digest digest) throws AwsException {
        return isSo(Operation.onTag(Operation.Kind.UNTAG_ANY, Name.of(tag), Content.of(digest)));
    }

    /** Removes the image and all its tags; for a mutation. */
    boolean delete(Digest digest) throws AwsException {
        return isSo(Operation.onContent(Operation.Kind.DELETE, Content.of(digest)));
    }

    @Override
    public boolean push(Manifest manifest) throws AwsException {
        return isSo(Operation.onContent(Operation.Kind.STAGE, Content.of(manifest.digest())));
    }

    /** One after the other, with a moment between: ECR does not promise to look all of them up at once. */
    @Override
    public Map<Digest, Manifest> manifests(Collection<Digest> digests) throws AwsException {
        Map<Digest, Manifest> found = new HashMap<>();
        for (Digest digest : List.copyOf(digests)) {
            Content content = Content.of(digest);
            if (isSo(Operation.onContent(Operation.Kind.FETCH, content))) {
                found.put(digest, content.manifest());
            }
        }
        return found;
    }

    private boolean isSo(Operation operation) throws AwsException {
        return ask(operation, Answer.Truth.class).value();
    }

    @Override
    public InputStream open(Descriptor blob) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Digest> present(Collection<Digest> blobs) {
        return Set.copyOf(blobs);
    }

    @Override
    public boolean isMountable(Origin origin) {
        return false;
    }

    @Override
    public Origin neighbour(RepositoryName repository) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Arrival push(Blob blob, Optional<Origin> origin) {
        throw new AssertionError("every blob is present");
    }
}
