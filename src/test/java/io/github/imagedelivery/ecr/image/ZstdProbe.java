package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Path;

/** Says, in a process of its own, what becomes of zstd where its native code cannot be loaded. */
final class ZstdProbe {
    private ZstdProbe() {}

    /** Takes a layout with layers of zstd and a directory; builds on that base and prints a line for each finding. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(Compression.Format.ZSTD.problem().orElse("none"));
        BaseImage base = BaseImage.onDisk(Path.of(arguments[0]), Platform.parse("linux/arm64"));
        Path directory = Path.of(arguments[1]);
        ImagePlan plan = TestApplication.in(directory.resolve("app")).plan();
        try (BuiltImage image = TestImages.builder(directory.resolve("cache")).build(plan, base)) {
            Blob lowest = image.layers().get(0).blob();
            System.out.println("passed on " + TestImages.bytes(lowest).length + " bytes of "
                    + lowest.descriptor().mediaType());
        }
        Blob layer = Blob.of(MediaTypes.OCI_LAYER_ZSTD, new byte[8]);
        try {
            LayerStream.walk(layer, new ReadAllowance(1000, 1000), (file, content) -> {});
        } catch (Exception e) {
            System.out.println(e.getMessage());
        }
    }
}
