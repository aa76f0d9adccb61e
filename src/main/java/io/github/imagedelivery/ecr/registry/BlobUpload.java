package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One blob on its way into a repository (distribution-spec, "Pushing a blob monolithically"): {@code POST}, then
 * {@code PUT} with the whole body. Each run opens a session of its own, since a session that a body has gone into, even
 * in part, does not take it again (ECR answers 416).
 */
final class BlobUpload {
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    /** What a session answers that is gone, or that has bytes of an earlier try: a fresh one may do better. */
    private static final Set<Integer> LOST_SESSION = Set.of(404, 416);

    private static final Set<String> LOST_SESSION_CODES = Set.of("BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN");

    private final Blob blob;
    private final Call post;
    private final Conversation conversation;
    private final Operation operation;
    private boolean mountRefused;

    /**
     * Creates the upload.
     *
     * @param post what opens a session
     */
    BlobUpload(Blob blob, Call post, Conversation conversation, Operation operation) {
        this.blob = blob;
        this.post = post;
        this.conversation = conversation;
        this.operation = operation;
    }

    /** Makes one try. */
    Repository.Arrival run(Optional<RepositoryName> mountFrom) throws AttemptException {
        if (mountFrom.isPresent() && !mountRefused) {
            Optional<Repository.Arrival> arrival = mount(mountFrom.get());
            if (arrival.isPresent()) {
                return arrival.get();
            }
        }
        try (Answer answer = conversation.ask(post, operation)) {
            return upload(answer);
        }
    }

    /** Asks for a mount; gives nothing where it is refused, as to a caller who may not read the other repository. */
    private Optional<Repository.Arrival> mount(RepositoryName from) throws AttemptException {
        Location mount = new Location(post.uri(), true)
                .with("mount=" + encoded(blob.descriptor().digest()))
                .with("from=" + encoded(from));
        Call call = post.at(mount.uri());
        try (Answer answer = conversation.ask(call, operation)) {
            if (answer.status() == CREATED) {
                verifyAcknowledged(call, answer);
                return Optional.of(Repository.Arrival.MOUNTED);
            }
            if (answer.status() == ACCEPTED) {
                return Optional.of(upload(answer));
            }
            AttemptException refusal = conversation.refused(call, answer);
            if (refusal.isPassing()) {
                throw refusal;
            }
            mountRefused = true;
            return Optional.empty();
        }
    }

    private Repository.Arrival upload(Answer opened) throws AttemptException {
        if (opened.status() != ACCEPTED) {
            throw conversation.refused(post, opened);
        }
        Location session = conversation.next(new Location(post.uri(), true), post, opened);
        opened.close();
        Patience patience = operation.patience();
        try (InputStream source = blob.open();
                SentBody body = new SentBody(source, blob.descriptor(), patience)) {
            return put(session, body, patience);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Repository.Arrival put(Location session, SentBody body, Patience patience)
            throws AttemptException, IOException {
        if (body.length() == 0) {
            // The HTTP client never asks for it, so its digest must be looked at here.
            body.transferTo(OutputStream.nullOutputStream());
        }
        Call call = new Call(
                "PUT",
                session.with("digest=" + encoded(blob.descriptor().digest())).uri(),
                post.path() + "<session>",
                Map.of("Content-Type", "application/octet-stream"),
                Optional.of(body));
        try (Answer answer = conversation.send(call, session, operation, patience)) {
            if (answer.status() == CREATED || answer.status() == ACCEPTED || answer.status() == NO_CONTENT) {
                verifyAcknowledged(call, answer);
                return Repository.Arrival.UPLOADED;
            }
            boolean lost = LOST_SESSION.contains(answer.status())
                    || LOST_SESSION_CODES.contains(answer.error().code());
            throw lost ? conversation.doubtful(call, answer) : conversation.refused(call, answer);
        } catch (AttemptException e) {
            Optional<IOException> sourceFailure = body.failure();
            throw sourceFailure.isPresent() ? unreadable(sourceFailure.get()) : e;
        }
    }

    /** A source that broke off (a base layer on its way through) may be read again; one that is wrong stays wrong. */
    private AttemptException unreadable(IOException cause) {
        Descriptor descriptor = blob.descriptor();
        RegistryException reason = new RegistryException(
                "cannot read " + descriptor.digest() + " to push it: " + Texts.shown(TransferException.said(cause)),
                cause);
        return cause instanceof TransferException
                ? AttemptException.passing(reason, Duration.ZERO)
                : AttemptException.permanent(reason);
    }

    private void verifyAcknowledged(Call call, Answer answer) throws AttemptException {
        String acknowledged = answer.header("Docker-Content-Digest");
        String pushed = blob.descriptor().digest().toString();
        if (!acknowledged.isEmpty() && !acknowledged.equals(pushed)) {
            throw conversation.unfit(call, answer, "for " + Texts.shown(acknowledged) + " instead of " + pushed);
        }
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), UTF_8);
    }
}
