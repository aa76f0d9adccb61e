package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.image.KnownLayers;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A repository that was found fit to be pushed to, and what its two tags pointed at when it was asked.
 *
 * @param repository what ECR says of it
 * @param before the images that the tags pointed at; no entry for a free tag
 * @param earlier the images of the commits before this one, the nearest first; none where they were not asked for
 * @param content what it holds by digest
 * @param tags what makes its images visible
 */
record Access(
        RepositoryDescription repository,
        Map<Tag, Manifest> before,
        List<Manifest> earlier,
        ContentStore content,
        TagStore tags) {
    Access {
        before = Map.copyOf(before);
        earlier = List.copyOf(earlier);
    }

    /** Creates the access to a repository of which no earlier image is known. */
    Access(RepositoryDescription repository, Map<Tag, Manifest> before, ContentStore content, TagStore tags) {
        this(repository, before, List.of(), content, tags);
    }

    /** Tells whether one of the tags pointed at the image, so that all of it was there. */
    boolean holds(Manifest image) {
        return before.containsValue(image);
    }

    /** Returns what the images that were found tell of blobs; of layers, what that of the nearest commit says. */
    Holdings holdings() {
        List<Manifest> nearest = earlier.isEmpty() ? List.of() : images(earlier.get(0));
        List<Manifest> all = new ArrayList<>(nearest);
        all.addAll(earlier);
        all.addAll(before.values());
        // All images that an index names have the same layers of the application.
        return Holdings.of(nearest.isEmpty() ? KnownLayers.NOTED : KnownLayers.in(nearest.get(0)), all);
    }

    /** Returns the image, or those that an index names, in its order. What cannot be read is not known. */
    private List<Manifest> images(Manifest root) {
        if (!root.isIndex()) {
            return List.of(root);
        }
        List<Digest> named =
                root.entries().stream().map(entry -> entry.manifest().digest()).toList();
        try {
            Map<Digest, Manifest> found = content.manifests(named);
            return named.stream()
                    .flatMap(digest -> Optional.ofNullable(found.get(digest)).stream())
                    .toList();
        } catch (AwsException e) {
            return List.of();
        }
    }
}
