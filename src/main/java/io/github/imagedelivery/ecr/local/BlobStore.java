package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The object store beside the registry, on a port of its own: serves blobs to who brings a signed URL, and refuses who
 * brings the registry's credentials along.
 */
final class BlobStore implements Handler {
    private static final Pattern PATH = Pattern.compile("/(.+)/(sha256:[0-9a-f]{64})");
    private static final long LIFETIME_SECONDS = 3600;

    private final Settings settings;
    private final Repositories repositories;
    private final Secrets secrets;
    private final String origin;

    BlobStore(Settings settings, Repositories repositories, Secrets secrets, String origin) {
        this.settings = settings;
        this.repositories = repositories;
        this.secrets = secrets;
        this.origin = origin;
    }

    /** Returns the URL under which the blob can be fetched for an hour. */
    String signedUrl(String repository, Digest digest) {
        String path = "/" + repository + "/" + digest;
        long end = settings.clock().instant().getEpochSecond() + LIFETIME_SECONDS;
        return origin + path + "?X-Amz-Expires=" + end + "&X-Amz-Signature=" + secrets.proof(path + end);
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("GET") && !call.isHead()) {
            return Plane.STORE.refuse(405, "MethodNotAllowed", "The specified method is not allowed");
        }
        Matcher path = PATH.matcher(call.path());
        if (call.header("Authorization").isPresent()) {
            return Plane.STORE.refuse(400, "InvalidArgument", "Only one auth mechanism allowed");
        }
        if (!path.matches() || !isSigned(call)) {
            return Plane.STORE.refuse(403, "AccessDenied", "Access Denied");
        }
        return blob(path).orElseGet(() -> Plane.STORE.refuse(404, "NoSuchKey", "The specified key does not exist."));
    }

    private boolean isSigned(Call call) {
        String end = call.query("X-Amz-Expires").orElse("");
        return end.matches("[0-9]{1,12}")
                && secrets.proves(call.query("X-Amz-Signature").orElse(""), call.path() + end)
                && settings.clock().instant().getEpochSecond() < Long.parseLong(end);
    }

    private Optional<Reply> blob(Matcher path) {
        try {
            Optional<RepositoryState> repository = repositories.named(path.group(1));
            Digest digest = Digest.parse(path.group(2));
            if (repository.isEmpty() || !repository.get().hasBlob(digest)) {
                return Optional.empty();
            }
            long size = repository.get().blobSize(digest);
            return Optional.of(Reply.of(200)
                    .with("Content-Type", "application/octet-stream")
                    .with(size, () -> repository.get().openBlob(digest)));
        } catch (FormatException | IOException e) {
            return Optional.empty();
        }
    }
}
