package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.StartState.At;
import io.github.imagedelivery.ecr.delivery.StartState.Tags;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a repository holds before a push of a release with two additional tags, and what the push then must come to by
 * the rules of the site's page "Coordinates"; told apart from the code that is tested.
 *
 * @param tags which of the repository's tags may move
 * @param moving where the tag of {@code {major}} points
 * @param once where the tag of {@code {shortSha}} points, which is one commit's
 * @param isPublished whether the SHA tag and the version are at the image
 */
record MoreTagsState(Tags tags, At moving, At once, boolean isPublished) {
    /** Returns all, in their order. */
    static List<MoreTagsState> all() {
        return Stream.of(Tags.values())
                .flatMap(tags -> Stream.of(At.values())
                        .flatMap(moving -> Stream.of(At.values())
                                .flatMap(once -> Stream.of(false, true)
                                        .map(published -> new MoreTagsState(tags, moving, once, published)))))
                .toList();
    }

    /** Returns how the push must end. */
    Result expected() {
        if (once == At.OTHER) {
            return Result.REFUSED; // what names a commit never moves
        }
        if (moving == At.OTHER && (tags == Tags.IMMUTABLE || tags == Tags.SHA_IMMUTABLE)) {
            return Result.REFUSED; // the repository holds it, which excludes whole versions alone
        }
        return isPublished && moving == At.OURS && once == At.OURS ? Result.ALREADY_PUBLISHED : Result.PUBLISHED;
    }

    @Override
    public String toString() {
        return tags.title + ": {major} " + moving.title + ", {shortSha} " + once.title
                + (isPublished ? ", both tags there" : ", both tags free");
    }
}
