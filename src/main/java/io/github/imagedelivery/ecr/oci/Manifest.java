package io.github.imagedelivery.ecr.oci;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A manifest or index exactly as it is stored: what is hashed is what is sent (image-spec, manifest.md and
 * image-index.md; Docker's schema 2 reads the same way). Fields that are not known here are kept in the bytes.
 */
public final class Manifest {
    /** The longest manifest that ECR takes and that is read, in bytes (ECR quota "manifest size"). */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private final byte[] bytes;
    private final Json json;
    private final Descriptor descriptor;
    private final List<Descriptor> layers;
    private final List<IndexEntry> entries;

    private Manifest(byte[] bytes, Json json, String mediaType) throws FormatException {
        this.bytes = bytes;
        this.json = json;
        this.descriptor = Descriptor.of(mediaType, bytes);
        List<Descriptor> readLayers = new ArrayList<>();
        for (Json layer : json.get("layers").items()) {
            readLayers.add(Descriptor.read(layer));
        }
        this.layers = List.copyOf(readLayers);
        List<IndexEntry> readEntries = new ArrayList<>();
        for (Json entry : json.get("manifests").items()) {
            readEntries.add(new IndexEntry(Descriptor.read(entry), Platform.read(entry.get("platform"))));
        }
        this.entries = List.copyOf(readEntries);
    }

    /**
     * An entry of an index.
     *
     * @param manifest the manifest that the entry names
     * @param platform what that image runs on; empty strings where the index does not say
     */
    public record IndexEntry(Descriptor manifest, Platform platform) {}

    /**
     * Reads a manifest or index.
     *
     * @param bytes the stored bytes; not copied, not to be changed afterwards
     * @param servedType the media type that the server gave, used where the document does not name its own; may be
     *     empty
     */
    public static Manifest parse(byte[] bytes, String servedType) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("manifest of " + bytes.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        Json json = Json.parse(bytes);
        if (!(json instanceof Json.Members)) {
            throw new FormatException("a manifest is a JSON object");
        }
        String mediaType = json.get("mediaType").text().orElse(servedType);
        if (mediaType.isEmpty()) {
            mediaType = json.get("manifests").items().isEmpty() ? MediaTypes.OCI_MANIFEST : MediaTypes.OCI_INDEX;
        }
        if (!MediaTypes.isIndex(mediaType) && !MediaTypes.isImageManifest(mediaType)) {
            throw new FormatException("\"" + Texts.shown(mediaType) + "\" is not the media type of an image or index");
        }
        refuseTwoFaces(json, mediaType);
        return new Manifest(bytes, json, mediaType);
    }

    /** A document that is an image to one reader and an index to another must not pass (image-spec 1.0.2). */
    private static void refuseTwoFaces(Json json, String mediaType) throws FormatException {
        List<String> foreign = MediaTypes.isIndex(mediaType) ? List.of("layers", "config") : List.of("manifests");
        for (String field : foreign) {
            if (!json.get(field).isMissing()) {
                throw new FormatException("\"" + field + "\" does not belong into a " + Texts.shown(mediaType));
            }
        }
    }

    /** Returns the media type, digest and length of the manifest itself. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** Returns the digest of the manifest, which is the digest of the image. */
    public Digest digest() {
        return descriptor.digest();
    }

    /** Returns the media type. */
    public String mediaType() {
        return descriptor.mediaType();
    }

    /** Returns the stored bytes; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the document, for fields that have no accessor here. */
    public Json json() {
        return json;
    }

    /** Tells whether this is an index rather than the manifest of one image. */
    public boolean isIndex() {
        return MediaTypes.isIndex(mediaType());
    }

    /** Returns the descriptor of the config; empty for an index. */
    public Optional<Descriptor> config() throws FormatException {
        Json config = json.get("config");
        return config.isMissing() ? Optional.empty() : Optional.of(Descriptor.read(config));
    }

    /** Returns the layers, base first; empty for an index. */
    public List<Descriptor> layers() {
        return layers;
    }

    /** Returns the entries of an index, in its order; empty for the manifest of one image. */
    public List<IndexEntry> entries() {
        return entries;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns media type and digest. */
    @Override
    public String toString() {
        return mediaType() + " " + digest();
    }
}
