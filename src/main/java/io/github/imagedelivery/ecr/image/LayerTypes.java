package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** What layers are called in an OCI manifest (image-spec, media-types.md, "Compatibility Matrix"). */
final class LayerTypes {
    private static final Map<String, String> TO_OCI = Map.of(
            MediaTypes.OCI_LAYER,
            MediaTypes.OCI_LAYER,
            MediaTypes.OCI_LAYER_GZIP,
            MediaTypes.OCI_LAYER_GZIP,
            MediaTypes.OCI_LAYER_ZSTD,
            MediaTypes.OCI_LAYER_ZSTD,
            MediaTypes.DOCKER_LAYER_GZIP,
            MediaTypes.OCI_LAYER_GZIP,
            "application/vnd.docker.image.rootfs.diff.tar",
            MediaTypes.OCI_LAYER,
            "application/vnd.docker.image.rootfs.diff.tar.zstd",
            MediaTypes.OCI_LAYER_ZSTD);

    private static final int BUFFER = 64 * 1024;

    private LayerTypes() {}

    /** Returns the OCI type that means the same; refuses what cannot be pushed or run, such as foreign layers. */
    static String oci(String mediaType) throws FormatException {
        String known = TO_OCI.get(mediaType);
        if (known == null) {
            throw new FormatException("a layer of type \"" + Texts.shown(mediaType) + "\" cannot be used");
        }
        return known;
    }

    /** Tells whether what is compressed in a layer of the OCI type can be looked at on this machine. */
    static boolean isInflatable(String type) {
        return type.equals(MediaTypes.OCI_LAYER_GZIP)
                || (type.equals(MediaTypes.OCI_LAYER_ZSTD) && Zstd.problem().isEmpty());
    }

    /** Returns the tar in a layer of the OCI type. The stream is to be closed, and closes the layer's own. */
    static InputStream tar(String type, InputStream layer) throws IOException {
        return switch (type) {
            case MediaTypes.OCI_LAYER_GZIP -> new GZIPInputStream(layer, BUFFER);
            case MediaTypes.OCI_LAYER_ZSTD -> Zstd.inflating(layer);
            default -> layer;
        };
    }

    /** Returns the type of a layer that comes without one, by its first bytes (RFC 1952, RFC 8878). */
    static String detect(Content layer) throws IOException {
        byte[] start = layer.read(0, (int) Math.min(4, layer.size()));
        if (startsWith(start, 0x1f, 0x8b)) {
            return MediaTypes.OCI_LAYER_GZIP;
        }
        return startsWith(start, 0x28, 0xb5, 0x2f, 0xfd) ? MediaTypes.OCI_LAYER_ZSTD : MediaTypes.OCI_LAYER;
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        boolean same = bytes.length >= magic.length;
        for (int i = 0; same && i < magic.length; i++) {
            same = (bytes[i] & 0xff) == magic[i];
        }
        return same;
    }
}
