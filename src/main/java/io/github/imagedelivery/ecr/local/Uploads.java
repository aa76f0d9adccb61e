package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Upload sessions, {@code /v2/<name>/blobs/uploads/}. As ECR has it: a PATCH is answered by 201, {@code Range} stays
 * where the first PATCH left it, no status is told, and a part must begin where the one before ended.
 */
final class Uploads {
    private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes )?([0-9]{1,18})-([0-9]{1,18})(?:/.*)?");
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final String MIN_CHUNK = "10485760";

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Settings settings;
    private final Repositories repositories;

    Uploads(Settings settings, Repositories repositories) {
        this.settings = settings;
        this.repositories = repositories;
    }

    private static final class Session {
        private final String repository;
        private final Pending content;
        private long firstPart;
        private volatile Instant touched;

        Session(String repository, Pending content, Instant touched) {
            this.repository = repository;
            this.content = content;
            this.touched = touched;
        }
    }

    /** A missing repository is not told but hung up on. */
    Reply start(Call call, Matcher path) throws Refusal, IOException {
        String name = path.group(1);
        if (!settings.createOnPush() && repositories.named(name).isEmpty()) {
            return Reply.HUNG_UP;
        }
        RepositoryState repository = repositories.forPush(name);
        Optional<Digest> mounted = mounted(call, repository);
        if (mounted.isPresent()) {
            return stored(call, repository, mounted.get());
        }
        forgetAbandoned();
        String id = UUID.randomUUID().toString();
        sessions.put(id, new Session(repository.name(), repositories.storage().begin(), now()));
        return Reply.of(202)
                .with("Location", location(call, repository.name(), id))
                .with("Range", "0-0")
                .with("Docker-Upload-Uuid", id)
                .with("OCI-Chunk-Min-Length", MIN_CHUNK);
    }

    /** What a client began and left would stay for as long as this server runs. */
    private void forgetAbandoned() throws IOException {
        Instant latest = now().minus(LIFETIME);
        for (Map.Entry<String, Session> entry : List.copyOf(sessions.entrySet())) {
            Session session = entry.getValue();
            if (session.touched.isBefore(latest) && sessions.remove(entry.getKey(), session)) {
                synchronized (session) {
                    session.content.discard();
                }
            }
        }
    }

    private Instant now() {
        return settings.clock().instant();
    }

    /** Mounts only what an image of the source is made of. */
    private Optional<Digest> mounted(Call call, RepositoryState target) throws Refusal, IOException {
        Optional<RepositoryState> source = call.query("from").flatMap(repositories::named);
        if (!settings.blobMounting() || source.isEmpty() || call.query("mount").isEmpty()) {
            return Optional.empty();
        }
        Digest digest = BlobRoutes.digest(call.query("mount").orElseThrow());
        if (!source.get().hasBlob(digest) || !source.get().isReferenced(digest)) {
            return Optional.empty();
        }
        repositories.storage().link(digest, source.get().name(), target.name());
        return Optional.of(digest);
    }

    Reply patch(Call call, Matcher path) throws Refusal, IOException {
        Session session = session(path);
        synchronized (session) {
            receive(call, session);
            if (session.firstPart == 0) {
                session.firstPart = session.content.length();
            }
            return Reply.of(201)
                    .with("Location", location(call, session.repository, path.group(2)))
                    .with("Range", "0-" + Math.max(session.firstPart - 1, 0))
                    .with("Docker-Upload-Uuid", path.group(2));
        }
    }

    Reply complete(Call call, Matcher path) throws Refusal, IOException {
        Session session = session(path);
        Digest wanted = BlobRoutes.digest(call.query("digest").orElse(""));
        synchronized (session) {
            receive(call, session);
            if (sessions.remove(path.group(2)) == null) {
                throw unknown();
            }
            Digest found = session.content.digest();
            if (!found.equals(wanted)) {
                session.content.discard();
                throw new Refusal(
                        400,
                        "BLOB_UPLOAD_INVALID",
                        "None of the provided layer digests match the calculated layer digest");
            }
            repositories.storage().keep(session.content, session.repository, found);
            return stored(call, repositories.get(session.repository), found);
        }
    }

    private static void receive(Call call, Session session) throws Refusal, IOException {
        InputStream body = call.body();
        Matcher range = CONTENT_RANGE.matcher(call.header("Content-Range").orElse("0-0"));
        long first = range.matches() ? Long.parseLong(range.group(1)) : 0;
        if (call.hasBody() && first != session.content.length()) {
            throw new Refusal(
                    416,
                    "BLOB_UPLOAD_INVALID",
                    "First byte of the layer part is " + first + " instead of " + session.content.length());
        }
        session.content.append(body);
    }

    private Session session(Matcher path) throws Refusal {
        Session session = sessions.get(path.group(2));
        if (session == null || !session.repository.equals(path.group(1))) {
            throw unknown();
        }
        session.touched = now();
        return session;
    }

    static Refusal unknown() {
        return new Refusal(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    }

    private static String location(Call call, String repository, String id) {
        return call.origin() + "/v2/" + repository + "/blobs/uploads/" + id;
    }

    private static Reply stored(Call call, RepositoryState repository, Digest digest) {
        return Reply.of(201)
                .with("Location", call.origin() + "/v2/" + repository.name() + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest.toString());
    }
}
