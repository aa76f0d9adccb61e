package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Tag;

/**
 * A tag that an image gets beside its SHA tag and its version tag ({@code ecr.additionalTags}).
 *
 * @param tag the tag
 * @param template what was configured, for example {@code {major}.{minor}}
 * @param moves whether it may be pointed at another image; not where it names a commit or a whole version
 */
public record AdditionalTag(Tag tag, String template, boolean moves) {}
