package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.Optional;

/**
 * What an image is called within its repository.
 *
 * @param tag its tag; empty where it is named by digest
 * @param digest its digest; empty where it is named by tag
 */
public record ImageName(Optional<Tag> tag, Optional<Digest> digest) {
    private static final int SHORT = "sha256:".length() + 12;

    /** Reads a tag or a digest. */
    public static ImageName parse(String text) throws FormatException {
        if (text.startsWith("sha256:")) {
            return new ImageName(Optional.empty(), Optional.of(Digest.parse(text)));
        }
        if (text.contains("/") || text.contains(":") || text.contains("@")) {
            throw new FormatException(
                    "\"" + Texts.shown(text) + "\" is neither a tag nor a digest; the repository is not part of it");
        }
        return of(Tag.parse(text));
    }

    static ImageName of(Tag tag) {
        return new ImageName(Optional.of(tag), Optional.empty());
    }

    /** Reads the image's manifest or index; empty where the repository has no such image. */
    Optional<Manifest> read(Ecr ecr, RepositoryName repository) throws AwsException {
        return digest.isPresent()
                ? ecr.image(repository, digest.get())
                : Optional.ofNullable(
                        ecr.images(repository, List.of(tag.orElseThrow())).get(tag.get()));
    }

    /** Returns where a file is that is in this image, in words that follow a noun. */
    String where() {
        return digest.map(found -> "in " + found.toString().substring(0, SHORT))
                .orElseGet(() -> "under " + tag.orElseThrow());
    }

    /** Returns the tag, or the whole digest. */
    @Override
    public String toString() {
        return digest.map(Digest::toString).orElseGet(() -> tag.orElseThrow().value());
    }
}
