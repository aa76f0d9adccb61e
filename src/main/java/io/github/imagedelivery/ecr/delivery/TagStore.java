package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr.Put;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** A repository's tags: the only way in which an image becomes visible. */
interface TagStore {
    /** Reads what the tags point at, all at one time; no entry for a free tag. */
    Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException;

    /** Points the tag at a stored manifest; its bytes are needed because a tag that was moved is put back with them. */
    Put tag(Tag tag, Manifest manifest) throws AwsException;

    /** Returns every tag that points at the image, whoever has put it there. */
    Set<Tag> tagsOf(Digest digest) throws AwsException;

    /** Removes the tag if it still points at the digest; returns false where it does not. */
    boolean untag(Tag tag, Digest digest) throws AwsException;
}
