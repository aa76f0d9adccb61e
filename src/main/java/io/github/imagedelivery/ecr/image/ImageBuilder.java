package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.Jib;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Builds images. Safe for use by several threads. */
public interface ImageBuilder {
    /**
     * Returns a builder that lets Jib core write the layers, and that holds at most a quarter of the heap, and 32 MiB.
     *
     * @param cacheDirectory for generated and temporary files, and notes of layers; created when needed, may be shared by
     *     threads, class loaders and processes. It belongs below the build's output directory
     * @param toolVersion what the history of each layer names as its maker; enters the digest
     */
    static ImageBuilder jib(Path cacheDirectory, String toolVersion) {
        return jib(
                cacheDirectory,
                toolVersion,
                HeapBudget.share(Runtime.getRuntime().maxMemory()));
    }

    /**
     * Returns a builder as {@link #jib(Path, String)} does, with a limit of one's own.
     *
     * @param heapBytes how much memory the layers of all images that are not closed yet may take together; what is
     *     beyond lies in temporary files in the cache directory
     */
    static ImageBuilder jib(Path cacheDirectory, String toolVersion, long heapBytes) {
        return new JibImageBuilder(cacheDirectory, toolVersion, new HeapBudget(heapBytes), Inheritance.FULL);
    }

    /**
     * Returns name and version of what writes the layers, for their history: it enters the digest, and changes no more
     * often than their bytes may.
     */
    static String layerWriter() {
        return "jib-core " + Objects.requireNonNull(Jib.class.getPackage().getImplementationVersion());
    }

    /**
     * Takes an image that another tool has built. What must be compressed is.
     *
     * @throws ImageException if it cannot be read
     */
    ImageSet take(PrebuiltImage image) throws ImageException;

    /**
     * Builds the image in memory; touches no network.
     *
     * @throws ImageException if no image can be made of the plan
     */
    default BuiltImage build(ImagePlan plan, BaseImage base) throws ImageException {
        return build(plan, List.of(base), List.of(), KnownLayers.NOTED).first();
    }

    /**
     * Builds the image on each of the bases; several are put under an index. The layers of the application are written
     * once and are the same in all; those that are known are not written until somebody reads them. Whatever is known, the
     * image is the same.
     *
     * @param platforms what each base is called in the index
     * @param known layers that are there already
     * @throws ImageException if no image can be made of the plan
     */
    ImageSet build(ImagePlan plan, List<BaseImage> bases, List<Platform> platforms, KnownLayers known)
            throws ImageException;
}
