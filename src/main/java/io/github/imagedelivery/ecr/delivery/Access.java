package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.image.KnownLayers;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Map;
import java.util.Optional;

/**
 * A repository that was found fit to be pushed to, and what its two tags pointed at when it was asked.
 *
 * @param repository what ECR says of it
 * @param before the images that the tags pointed at; no entry for a free tag
 * @param earlier the image of the nearest commit before this one that has any; empty where it was not asked for
 * @param content what it holds by digest
 * @param tags what makes its images visible
 */
record Access(
        RepositoryDescription repository,
        Map<Tag, Manifest> before,
        Optional<Manifest> earlier,
        ContentStore content,
        TagStore tags) {
    Access {
        before = Map.copyOf(before);
    }

    /** Creates the access to a repository of which no earlier image is known. */
    Access(RepositoryDescription repository, Map<Tag, Manifest> before, ContentStore content, TagStore tags) {
        this(repository, before, Optional.empty(), content, tags);
    }

    /** Tells whether one of the tags pointed at the image, so that all of it was there. */
    boolean holds(Manifest image) {
        return before.containsValue(image);
    }

    /** Returns what the earlier image says of its layers. What cannot be read is not known. */
    KnownLayers layers() {
        if (earlier.isEmpty() || !earlier.get().isIndex()) {
            return earlier.map(KnownLayers::in).orElse(KnownLayers.NOTED);
        }
        try {
            // All images that an index names have the same layers of the application.
            Optional<Manifest> first = earlier.get().entries().isEmpty()
                    ? Optional.empty()
                    : content.manifest(earlier.get().entries().get(0).manifest().digest());
            return first.map(KnownLayers::in).orElse(KnownLayers.NOTED);
        } catch (AwsException e) {
            return KnownLayers.NOTED;
        }
    }
}
