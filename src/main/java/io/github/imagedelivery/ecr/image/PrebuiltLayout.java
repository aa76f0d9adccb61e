package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Manifest.IndexEntry;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes one image out of an OCI layout, every byte of it as it is: its manifest or index, and all that this names,
 * attestations of the tool that built it included.
 *
 * @param layout the layout
 */
record PrebuiltLayout(OciLayout layout) {
    /** What tools call an image in a layout: the first is the specification's, the second has the repository, too. */
    private static final List<String> NAMES = List.of("org.opencontainers.image.ref.name", "io.containerd.image.name");

    private static final String NOTHING = "unknown";

    /** What an artifact runs on where its index does not say that it runs on nothing. */
    private static final Platform NO_PLATFORM = new Platform(NOTHING, NOTHING, "");

    /**
     * Reads the image.
     *
     * @param entry which one, where there are several
     */
    ImageSet read(Optional<String> entry) throws IOException, FormatException {
        byte[] document = layout.files().document(OciLayout.INDEX, Manifest.MAX_BYTES);
        Descriptor chosen = NamedImage.choose(images(Manifest.parse(document, MediaTypes.OCI_INDEX)), entry);
        Manifest root = manifest(chosen);
        return root.isIndex()
                ? new ImageSet(root, children(root))
                : ImageSet.of(image(root, Platform.read(Json.object()), new HashMap<>()));
    }

    private List<NamedImage<Descriptor>> images(Manifest index) throws IOException, FormatException {
        List<Json> documents = index.json().get("manifests").items();
        if (documents.size() > OciLayout.MAX_IMAGES) {
            throw new FormatException("more than " + OciLayout.MAX_IMAGES + " images in it");
        }
        List<NamedImage<Descriptor>> images = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            IndexEntry entry = index.entries().get(i);
            if (isImage(entry)) {
                images.add(new NamedImage<>(names(documents.get(i), entry), entry.manifest()));
            }
        }
        return images;
    }

    private static List<String> names(Json document, IndexEntry entry) {
        Json annotations = document.get("annotations");
        return Stream.concat(
                        NAMES.stream().flatMap(name -> annotations.get(name).text().stream()),
                        Stream.of(entry.manifest().digest().toString()))
                .toList();
    }

    /** Signatures and the like lie beside images, and are no choice. */
    private boolean isImage(IndexEntry entry) throws IOException, FormatException {
        String type = entry.manifest().mediaType();
        return MediaTypes.isIndex(type)
                || (MediaTypes.isImageManifest(type)
                        && !runsOnNothing(entry.platform())
                        && layout.image(manifest(entry.manifest())).isPresent());
    }

    private Manifest manifest(Descriptor descriptor) throws IOException, FormatException {
        Manifest manifest = layout.manifest(descriptor);
        if (!manifest.mediaType().equals(descriptor.mediaType())) {
            throw new FormatException("an index calls " + descriptor.digest() + " \""
                    + Texts.shown(descriptor.mediaType()) + "\", and it is \"" + manifest.mediaType() + "\"");
        }
        return manifest;
    }

    /** Holds what is named again and again once: an index of a few kilobytes may name 200 times the same megabytes. */
    private List<BuiltImage> children(Manifest index) throws IOException, FormatException {
        List<BuiltImage> children = new ArrayList<>();
        Map<Entry, BuiltImage> known = new HashMap<>();
        Map<Digest, Blob> configs = new HashMap<>();
        for (IndexEntry entry : index.entries()) {
            if (children.size() == OciLayout.MAX_IMAGES) {
                throw new FormatException("the index " + index.digest() + " names more than " + OciLayout.MAX_IMAGES);
            }
            Entry key = new Entry(entry.manifest().digest(), runsOnNothing(entry.platform()));
            BuiltImage child = known.get(key);
            if (child == null) {
                child = image(childManifest(index, entry), entry.platform(), configs);
                known.put(key, child);
            }
            requireLegalIfNamed(entry.platform());
            children.add(child);
        }
        if (children.isEmpty()) {
            throw new FormatException("the index " + index.digest() + " names no image");
        }
        return children;
    }

    /** One manifest may be named as an image, and as an attestation that is not looked into. */
    private record Entry(Digest manifest, boolean isAttestation) {}

    private static boolean runsOnNothing(Platform platform) {
        return platform.os().equals(NOTHING);
    }

    private Manifest childManifest(Manifest index, IndexEntry entry) throws IOException, FormatException {
        Manifest child = manifest(entry.manifest());
        if (child.isIndex()) {
            throw new FormatException("the index " + index.digest() + " names an index, " + child.digest());
        }
        return child;
    }

    /**
     * Returns an image, or what an index names beside images.
     *
     * @param configs those that were read
     */
    private BuiltImage image(Manifest manifest, Platform named, Map<Digest, Blob> configs)
            throws IOException, FormatException {
        Descriptor config = manifest.config()
                .orElseThrow(() -> new FormatException("the manifest " + manifest.digest() + " names no config"));
        Optional<BaseImage> runnable = runsOnNothing(named) ? Optional.empty() : layout.image(manifest);
        List<Blob> layers = new ArrayList<>();
        if (runnable.isPresent()) {
            layers.addAll(Composer.on(runnable.get()).layers(List.of()));
        } else {
            for (Descriptor layer : manifest.layers()) {
                layers.add(new VerifiedBlob(layer, layout.content(layer)));
            }
        }
        Platform platform = runnable.map(BaseImage::platform).orElse(named.os().isEmpty() ? NO_PLATFORM : named);
        requireLegal(platform);
        Blob document = configs.get(config.digest());
        if (document == null) {
            document = Blob.of(config.mediaType(), layout.document(config));
            configs.put(config.digest(), document);
        }
        return new ComposedImage(manifest, document, layers(layers), platform, () -> {});
    }

    /** Returns the layers of an image that is not built here. */
    static List<Layer> layers(List<Blob> blobs) {
        return blobs.stream().map(blob -> new Layer("layer", false, blob)).toList();
    }

    private static void requireLegalIfNamed(Platform platform) throws FormatException {
        if (!platform.os().isEmpty()) {
            requireLegal(platform);
        }
    }

    /** Refuses a platform that cannot be shown as it is. */
    static void requireLegal(Platform platform) throws FormatException {
        if (!Platform.isLegal(platform.toString())) {
            throw new FormatException("it is for \"" + Texts.shown(platform.toString()) + "\", which is no platform");
        }
    }
}
