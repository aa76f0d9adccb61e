package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Builds images with Jib core, which writes the tars of the layers. They are compressed here and put on the base's, under a
 * config as Jib writes it. Jib is given no registry, so it has no use for the network.
 */
final class JibImageBuilder implements ImageBuilder {
    private final Path cacheDirectory;
    private final String toolVersion;
    private final HeapBudget budget;
    private final Inheritance inheritance;
    private final LayerLanes lanes = new LayerLanes();
    private final Encodings encodings = new Encodings();

    JibImageBuilder(Path cacheDirectory, String toolVersion, HeapBudget budget, Inheritance inheritance) {
        this.cacheDirectory = cacheDirectory.toAbsolutePath();
        this.toolVersion = toolVersion;
        this.budget = budget;
        this.inheritance = inheritance;
    }

    @Override
    public ImageSet build(ImagePlan plan, List<BaseImage> bases, List<Platform> platforms, KnownLayers known)
            throws ImageException {
        PlanRules.check(plan);
        List<Ground> grounds = new ArrayList<>();
        for (BaseImage base : bases) {
            grounds.add(ground(plan, base));
        }
        try {
            return ImageSet.of(build(plan.application().contents(), grounds, known), platforms);
        } catch (IOException e) {
            throw new ImageException(
                    "The image cannot be built",
                    Texts.shown(Objects.requireNonNullElse(e.getMessage(), e.toString())),
                    isOutOfMemory(e)
                            ? "give the build more memory, for example with MAVEN_OPTS=-Xmx1g"
                            : "look for a full disk or missing rights; if it stays, delete " + cacheDirectory);
        }
    }

    @Override
    public ImageSet take(PrebuiltImage image) throws ImageException {
        return image.open(
                () -> new Tarball(budget, CacheDirectories.in(cacheDirectory).spill()));
    }

    /** The lanes give their threads' errors as the causes of exceptions. */
    private static boolean isOutOfMemory(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof OutOfMemoryError)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /**
     * What an image is built on.
     *
     * @param plan says what is built, with what is said of the base
     * @param base the base, with what is inherited of it
     * @param composer puts layers on the base
     */
    private record Ground(ImagePlan plan, BaseImage base, Composer composer) {
        ImageException unusable(FormatException e) {
            return JibImageBuilder.unusable(base, e);
        }
    }

    private static ImageException unusable(BaseImage base, FormatException e) {
        return new ImageException(
                "Cannot build on the base image " + Texts.shown(base.name()),
                Objects.requireNonNullElse(e.getMessage(), ""),
                "choose another base image with -Decr.from=...");
    }

    private Ground ground(ImagePlan plan, BaseImage base) throws ImageException {
        try {
            BaseImage inherited = inheritance.base(base);
            return new Ground(inheritance.describes() ? plan.on(base) : plan, inherited, Composer.on(inherited));
        } catch (FormatException e) {
            throw unusable(base, e);
        }
    }

    private List<BuiltImage> build(Application.Contents contents, List<Ground> grounds, KnownLayers known)
            throws ImageException, IOException {
        CacheDirectories caches = CacheDirectories.in(cacheDirectory);
        LayerStorage storage = new LayerStorage(budget, caches.spill());
        boolean isBuilt = false;
        try {
            List<LayerTar> tars = new JibLayers(new GeneratedFiles(caches.generated())).of(contents.layers());
            LayerWriter.Encoding encoding = encoding(grounds.get(0).plan().compression());
            LayerWriter writer = new LayerWriter(encoding, known, new LayerNotes(caches.notes()), storage);
            List<Callable<OwnLayer>> work = new ArrayList<>();
            tars.forEach(tar -> work.add(() -> writer.layer(tar)));
            Parts parts = new Parts(contents, lanes.run(work), storage, encoding);
            List<BuiltImage> images = new ArrayList<>();
            for (Ground ground : grounds) {
                try {
                    images.add(compose(ground, parts));
                } catch (FormatException e) {
                    throw ground.unusable(e);
                }
            }
            isBuilt = true;
            return images;
        } finally {
            if (!isBuilt) {
                storage.close();
            }
        }
    }

    private LayerWriter.Encoding encoding(Compression compression) throws IOException {
        return new LayerWriter.Encoding(compression, encodings.name(compression));
    }

    /**
     * What all images of a set have.
     *
     * @param contents what is started, beside the files
     * @param layers the layers
     * @param storage holds the bytes of the layers
     * @param encoding how the layers are compressed
     */
    private record Parts(
            Application.Contents contents, List<OwnLayer> layers, LayerStorage storage, LayerWriter.Encoding encoding) {
        List<Blob> blobs() {
            return layers.stream().map(OwnLayer::blob).toList();
        }

        /** Returns the layers as a manifest describes them; the base's come first. */
        List<Json> described(List<Blob> all) {
            int below = all.size() - layers.size();
            List<Json> described = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                Descriptor layer = all.get(i).descriptor();
                described.add(
                        i < below
                                ? layer.toJson()
                                : KnownLayers.describe(
                                        layer, layers.get(i - below).diffId(), encoding.name()));
            }
            return described;
        }

        /** Returns the layers with their names; the base's come first. */
        List<Layer> named(List<Blob> all) {
            int below = all.size() - layers.size();
            List<Layer> named = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                String name = i < below ? "base" : layers.get(i - below).name();
                named.add(new Layer(name, i < below, all.get(i)));
            }
            return List.copyOf(named);
        }
    }

    private BuiltImage compose(Ground ground, Parts parts) throws FormatException {
        ImagePlan plan = ground.plan();
        List<Blob> layers = ground.composer().layers(parts.blobs());
        Json below = ground.base().config();
        ConfigWriter writer = new ConfigWriter(below, plan, parts.contents(), toolVersion);
        Json json = inheritance.inherit(writer.config(parts.layers()), below);
        Blob config = Blob.of(MediaTypes.OCI_CONFIG, json.bytes());
        if (config.descriptor().size() > Manifest.MAX_BYTES) {
            throw new FormatException("the config would have "
                    + config.descriptor().size() + " bytes; at most " + Manifest.MAX_BYTES + " are stored");
        }
        byte[] manifest = Annotations.put(
                        plan.annotations(), Composer.manifest(config.descriptor(), parts.described(layers)))
                .bytes();
        return new ComposedImage(
                Manifest.parse(manifest, MediaTypes.OCI_MANIFEST),
                config,
                parts.named(layers),
                Platform.read(json),
                parts.storage()::close);
    }
}
