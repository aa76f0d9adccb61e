package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;

/** {@code /v2/<name>/manifests/<reference>}. */
final class ManifestRoutes {
    private final Repositories repositories;

    ManifestRoutes(Repositories repositories) {
        this.repositories = repositories;
    }

    /** Only a HEAD tells the digest; who GETs has to hash. */
    Reply read(Call call, Matcher path) throws Refusal {
        RepositoryState repository = repositories.get(path.group(1));
        ImageId id = ImageId.ofReference(path.group(2));
        requireForm(id, call);
        Manifest stored = image(repository, id).manifest();
        Manifest served = id.tag().isPresent() ? Conversion.toAccepted(stored, accepted(call)) : stored;
        Reply reply = Reply.of(200, served.mediaType(), served.bytes());
        return call.isHead()
                ? reply.with("Docker-Content-Digest", served.digest().toString())
                : reply;
    }

    private static void requireForm(ImageId id, Call call) throws Refusal {
        if (call.isHead() && id.tag().isPresent() && !ImageId.isTag(id.tag().get())) {
            throw new Refusal(400, "TAG_INVALID", "");
        }
        Manifests.requireTag(id.tag());
    }

    private static Image image(RepositoryState repository, ImageId id) throws Refusal {
        try {
            return repository.find(id);
        } catch (ImageFailure e) {
            throw e.code().equals(ImageFailure.NOT_FOUND)
                    ? new Refusal(404, "MANIFEST_UNKNOWN", e.reason())
                    : new Refusal(400, "InvalidParameterException", e.reason());
        }
    }

    private static List<String> accepted(Call call) {
        return Arrays.stream(call.headers("Accept").split(","))
                .map(type -> type.replaceFirst(";.*", "").strip())
                .toList();
    }

    Reply put(Call call, Matcher path) throws Refusal, IOException {
        RepositoryState repository = repositories.forPush(path.group(1));
        ImageId id = ImageId.ofReference(path.group(2));
        Manifests.requireTag(id.tag());
        String type = call.header("Content-Type").orElse("").replaceFirst(";.*", "");
        Manifest manifest = Manifests.parse(call.bytes(Manifest.MAX_BYTES), type);
        Manifests.requireDigest(manifest, id.digest(), repository.place());
        repository.ensure(manifest, id.tag());
        return Reply.of(201).with("Docker-Content-Digest", manifest.digest().toString());
    }

    Reply delete(Call call, Matcher path) throws Refusal, IOException {
        RepositoryState repository = repositories.get(path.group(1));
        try {
            repository.delete(ImageId.ofReference(path.group(2)));
            return Reply.of(202);
        } catch (ImageFailure e) {
            throw e.code().equals(ImageFailure.NOT_FOUND)
                    ? new Refusal(404, "MANIFEST_UNKNOWN", e.reason())
                    : new Refusal(400, "ImageReferencedByManifestList", e.reason());
        }
    }
}
