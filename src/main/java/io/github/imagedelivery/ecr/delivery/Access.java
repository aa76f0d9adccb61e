package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Map;

/**
 * A repository that was found fit to be pushed to, and what its two tags pointed at when it was asked.
 *
 * @param repository what ECR says of it
 * @param before the images that the tags pointed at; no entry for a free tag
 * @param content what it holds by digest
 * @param tags what makes its images visible
 */
record Access(RepositoryDescription repository, Map<Tag, Manifest> before, ContentStore content, TagStore tags) {
    Access {
        before = Map.copyOf(before);
    }

    /** Tells whether one of the tags pointed at the image, so that all of it was there. */
    boolean holds(Manifest image) {
        return before.containsValue(image);
    }
}
