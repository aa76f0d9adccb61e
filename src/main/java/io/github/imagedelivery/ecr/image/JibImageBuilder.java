package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Builds images with Jib core. Jib is shown the base's config without its layers, and writes its layers into a tarball
 * in memory; they are put on the base's layers here. Jib is given no registry, so it has no use for the network.
 */
final class JibImageBuilder implements ImageBuilder {
    private final Path cacheDirectory;
    private final String toolVersion;
    private final HeapBudget budget;
    private final Inheritance inheritance;
    private final LayerRecoder recoder = new LayerRecoder();

    JibImageBuilder(Path cacheDirectory, String toolVersion, HeapBudget budget, Inheritance inheritance) {
        this.cacheDirectory = cacheDirectory.toAbsolutePath();
        this.toolVersion = toolVersion;
        this.budget = budget;
        this.inheritance = inheritance;
    }

    @Override
    public BuiltImage build(ImagePlan plan, BaseImage base) throws ImageException {
        PlanRules.check(plan);
        try {
            BaseImage inherited = inheritance.base(base);
            return build(inheritance.describes() ? plan.on(base) : plan, inherited, Composer.on(inherited));
        } catch (FormatException e) {
            throw new ImageException(
                    "Cannot build on the base image " + Texts.shown(base.name()),
                    Objects.requireNonNullElse(e.getMessage(), ""),
                    "choose another base image with -Decr.from=...");
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

    /** Jib gives its threads' errors as the causes of exceptions. */
    private static boolean isOutOfMemory(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof OutOfMemoryError)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private BuiltImage build(ImagePlan plan, BaseImage base, Composer composer)
            throws ImageException, IOException, FormatException {
        CacheDirectories caches = CacheDirectories.in(cacheDirectory);
        Application.Contents contents = plan.application().contents();
        List<FileEntriesLayer> layers = new JibLayers(new GeneratedFiles(caches.generated())).of(contents.layers());
        ContainerSettings container = plan.container();
        JibContainerBuilder jib = JibRun.describe(JibRun.baseTar(composer.thinConfig()), plan, layers)
                .setEntrypoint(entrypoint(container, contents.launch()).orElse(null))
                .setUser(ContainerUser.choose(container.user(), base.config()).orElse(null));
        contents.workingDirectory()
                .filter(directory -> container.workingDirectory().isEmpty())
                .map(AbsoluteUnixPath::get)
                .ifPresent(jib::setWorkingDirectory);
        List<Tarball> storage = new ArrayList<>();
        boolean isBuilt = false;
        try {
            Tarball tarball = added(storage, caches);
            new JibRun(caches, toolVersion).write(jib, tarball.output());
            BaseImage written = Composition.thinImage(tarball, layers.size());
            BaseImage thin =
                    recoder.recode(written, contents.layers(), plan.compression(), () -> added(storage, caches));
            if (plan.compression().format() != Compression.Format.GZIP) {
                // Nothing of what Jib has written is needed any more.
                storage.remove(0).close();
            }
            BuiltImage image = compose(new Composition(composer, thin, layers, storage), plan);
            isBuilt = true;
            return image;
        } finally {
            if (!isBuilt) {
                storage.forEach(Tarball::close);
            }
        }
    }

    /** Returns the entrypoint; empty for the base's, which brings its default arguments along. */
    private static Optional<List<String>> entrypoint(ContainerSettings container, Launch launch) {
        if (container.inheritsEntrypoint()) {
            return Optional.empty();
        }
        return container.entrypoint().or(() -> launch.command(container.jvmFlags()));
    }

    private Tarball added(List<Tarball> storage, CacheDirectories caches) {
        Tarball tarball = new Tarball(budget, caches.spill());
        storage.add(tarball);
        return tarball;
    }

    private BuiltImage compose(Composition parts, ImagePlan plan) throws IOException, FormatException {
        BaseImage thin = parts.thin();
        List<Blob> layers = parts.composer().layers(thin.layers());
        Json json = parts.composer().config(thin.config(), plan.created(), inheritance);
        Blob config = Blob.of(MediaTypes.OCI_CONFIG, json.bytes());
        if (config.descriptor().size() > Manifest.MAX_BYTES) {
            throw new FormatException("the config would have "
                    + config.descriptor().size() + " bytes; at most " + Manifest.MAX_BYTES + " are stored");
        }
        byte[] manifest = Annotations.put(plan.annotations(), Composer.manifest(config.descriptor(), layers))
                .bytes();
        return new ComposedImage(
                Manifest.parse(manifest, MediaTypes.OCI_MANIFEST),
                config,
                parts.named(layers),
                Platform.read(json),
                List.copyOf(parts.storage()));
    }

    /**
     * What an image is made of.
     *
     * @param composer knows the base
     * @param thin the application's layers, and the config for them alone
     * @param own what Jib was told about these layers
     * @param storage holds the bytes of these layers
     */
    private record Composition(Composer composer, BaseImage thin, List<FileEntriesLayer> own, List<Tarball> storage) {
        /** Returns what Jib wrote, every byte of it verified. */
        static BaseImage thinImage(Tarball tarball, int layers) throws IOException {
            List<BaseImage> images;
            try {
                images = new OciLayout("tarball", TarFiles.in(tarball)).images();
            } catch (FormatException e) {
                throw new IOException("Jib core wrote a tarball that cannot be read: " + e.getMessage(), e);
            }
            if (images.size() != 1 || images.get(0).layers().size() != layers) {
                throw new IOException("Jib core wrote another image than it was told to");
            }
            for (Blob layer : images.get(0).layers()) {
                try (InputStream in = layer.open()) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return images.get(0);
        }

        /** Returns the layers with their names; the base's come first. */
        List<Layer> named(List<Blob> layers) {
            int below = layers.size() - own.size();
            List<Layer> named = new ArrayList<>();
            for (int i = 0; i < layers.size(); i++) {
                String name = i < below ? "base" : own.get(i - below).getName();
                named.add(new Layer(name, i < below, layers.get(i)));
            }
            return List.copyOf(named);
        }
    }
}
