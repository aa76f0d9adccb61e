package io.github.imagedelivery.ecr.oci;

/**
 * What a piece of content is, how long it is and what it hashes to (image-spec, descriptor.md).
 *
 * @param mediaType type of the content, one of {@link MediaTypes} or another one kept as it was read
 * @param digest hash of the content
 * @param size length of the content in bytes
 */
public record Descriptor(String mediaType, Digest digest, long size) {
    /** Checks the size; a negative one is a mistake of the caller. */
    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("negative size of " + digest);
        }
    }

    /** Returns the descriptor of the bytes. */
    public static Descriptor of(String mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.of(content), content.length);
    }

    /** Reads the descriptor out of a manifest, an index or a layout; fields beyond the three are passed over. */
    public static Descriptor read(Json json) throws FormatException {
        String mediaType = json.get("mediaType").text().orElse("");
        String digest = json.get("digest").text().orElseThrow(() -> missing("digest", json));
        long size = json.get("size").number().orElseThrow(() -> missing("size", json));
        if (size < 0) {
            throw new FormatException("negative size in descriptor " + Texts.shown(json.toString()));
        }
        return new Descriptor(mediaType, Digest.parse(digest), size);
    }

    /** Returns the descriptor as the specification writes it: media type, digest, size in this order. */
    public Json toJson() {
        return Json.object()
                .with("mediaType", Json.of(mediaType))
                .with("digest", Json.of(digest.toString()))
                .with("size", Json.of(size));
    }

    /** Returns the same content under another media type. */
    public Descriptor withMediaType(String other) {
        return new Descriptor(other, digest, size);
    }

    private static FormatException missing(String field, Json json) {
        return new FormatException("descriptor without " + field + ": " + Texts.shown(json.toString()));
    }
}
