package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A program that builds an image of one jar and reads every layer once, as an upload does. */
final class HeapProbe {
    private HeapProbe() {}

    /** Takes the jar, and for zstd the level. */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        List<Library> libraries = List.of(new Library(jar, Origin.RELEASE));
        JavaApplication application = new JavaApplication(jar.resolveSibling("none"), libraries, "a.B", 17);
        Compression compression = args.length > 1 ? Compression.zstd(Integer.parseInt(args[1])) : Compression.GZIP;
        ImagePlan plan =
                new ImagePlan(application, ContainerSettings.DEFAULT, Map.of(), Instant.EPOCH).with(compression);
        ImageBuilder builder = ImageBuilder.jib(jar.resolveSibling("cache"), "1");
        try (BuiltImage image = builder.build(plan, BaseImage.scratch(Platform.LINUX_AMD64))) {
            long size = 0;
            for (BuiltImage.Layer layer : image.layers()) {
                try (var in = layer.blob().open()) {
                    size += in.transferTo(OutputStream.nullOutputStream());
                }
            }
            System.out.println("read " + (size >> 20) + " MiB");
        }
    }
}
