package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.util.regex.Matcher;

/** {@code /v2/<name>/blobs/<digest>}: a HEAD is answered, a GET is sent on to where the bytes are. */
final class BlobRoutes {
    private final Repositories repositories;
    private final BlobStore blobStore;

    BlobRoutes(Repositories repositories, BlobStore blobStore) {
        this.repositories = repositories;
        this.blobStore = blobStore;
    }

    Reply head(Call call, Matcher path) throws Refusal, IOException {
        RepositoryState repository = repositories.get(path.group(1));
        Digest digest = present(repository, path.group(2));
        return Reply.of(200)
                .with("Content-Type", MediaTypes.DOCKER_CONFIG)
                .with("Docker-Content-Digest", digest.toString())
                .with(repository.blobSize(digest), () -> repository.openBlob(digest));
    }

    Reply get(Call call, Matcher path) throws Refusal {
        RepositoryState repository = repositories.get(path.group(1));
        Digest digest = present(repository, path.group(2));
        return Reply.of(307).with("Location", blobStore.signedUrl(repository.name(), digest));
    }

    static Digest digest(String text) throws Refusal {
        try {
            return Digest.parse(text);
        } catch (FormatException e) {
            throw new Refusal(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
    }

    private static Digest present(RepositoryState repository, String text) throws Refusal {
        Digest digest = digest(text);
        if (!repository.hasBlob(digest)) {
            throw new Refusal(404, "BLOB_UNKNOWN", "blob unknown to registry");
        }
        return digest;
    }
}
