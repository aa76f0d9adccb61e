package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An OCI image layout, in a directory or a tar (image-spec, image-layout.md). Manifests and configs are verified when
 * they are read, layers when they are opened.
 *
 * @param name what the user calls it
 * @param files the layout's files
 */
record OciLayout(String name, ImageFiles files) {
    static final String INDEX = "index.json";

    /** An index in an index in an index is more than any tool writes. */
    private static final int MAX_DEPTH = 3;

    static final int MAX_IMAGES = 200;
    private static final Set<String> CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

    /** Returns every image in it, whatever it runs on; attestations and other artifacts are passed over. */
    List<BaseImage> images() throws IOException, FormatException {
        List<BaseImage> found = new ArrayList<>();
        Manifest index = Manifest.parse(files.document(INDEX, Manifest.MAX_BYTES), MediaTypes.OCI_INDEX);
        collect(index, new HashSet<>(), 0, found);
        return found;
    }

    /**
     * Adds the images of an index.
     *
     * @param seen what was looked at: an index may name another one thousands of times, and that one the next
     */
    private void collect(Manifest index, Set<Digest> seen, int depth, List<BaseImage> found)
            throws IOException, FormatException {
        if (depth >= MAX_DEPTH) {
            throw new FormatException("indexes are nested more than " + MAX_DEPTH + " deep");
        }
        for (Manifest.IndexEntry entry : index.entries()) {
            String type = entry.manifest().mediaType();
            if (!seen.add(entry.manifest().digest())) {
                continue;
            }
            if (MediaTypes.isIndex(type)) {
                collect(manifest(entry.manifest()), seen, depth + 1, found);
            } else if (MediaTypes.isImageManifest(type)
                    && !entry.platform().os().equals("unknown")) {
                image(manifest(entry.manifest())).ifPresent(found::add);
            }
            if (found.size() > MAX_IMAGES) {
                throw new FormatException("more than " + MAX_IMAGES + " images in it");
            }
        }
    }

    Manifest manifest(Descriptor descriptor) throws IOException, FormatException {
        return Manifest.parse(document(descriptor), descriptor.mediaType());
    }

    /** Returns the image of a manifest; empty for an artifact. */
    Optional<BaseImage> image(Manifest manifest) throws IOException, FormatException {
        Optional<Descriptor> config = manifest.config().filter(found -> CONFIGS.contains(found.mediaType()));
        if (config.isEmpty()) {
            return Optional.empty();
        }
        List<Blob> layers = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            layers.add(new VerifiedBlob(layer, content(layer)));
        }
        Json read = Json.parse(document(config.get()));
        return Optional.of(new BaseImage(name, Optional.of(manifest.digest()), read, layers));
    }

    /** Reads a blob that is a document. */
    byte[] document(Descriptor descriptor) throws IOException, FormatException {
        byte[] document = files.document(path(descriptor), Manifest.MAX_BYTES);
        if (!Digest.of(document).equals(descriptor.digest())) {
            throw new FormatException("the content of " + descriptor.digest() + " has another digest");
        }
        if (document.length != descriptor.size()) {
            throw new FormatException(
                    descriptor.digest() + " has " + document.length + " bytes instead of " + descriptor.size());
        }
        return document;
    }

    Content content(Descriptor layer) throws IOException, FormatException {
        Content content = files.file(path(layer))
                .orElseThrow(() -> new FormatException("the layer " + layer.digest() + " is not in it"));
        if (content.size() != layer.size()) {
            throw new FormatException(
                    "the layer " + layer.digest() + " has " + content.size() + " bytes instead of " + layer.size());
        }
        return content;
    }

    private static String path(Descriptor descriptor) {
        return "blobs/" + descriptor.digest().algorithm() + "/"
                + descriptor.digest().encoded();
    }
}
