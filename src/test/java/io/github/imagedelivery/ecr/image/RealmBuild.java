package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Path;

/** A build that a test can start in a class loader or a process of its own: takes and gives JDK types only. */
public final class RealmBuild {
    private RealmBuild() {}

    /** Does the same as a program: takes the cache and a directory, prints the digest. */
    public static void main(String[] arguments) throws ImageException {
        System.out.print(run(arguments[0], arguments[1]));
    }

    /** Builds the usual application and returns the digest. */
    public static String run(String cache, String directory) throws ImageException {
        ImagePlan plan = TestApplication.in(Path.of(directory)).plan();
        try (BuiltImage image =
                TestImages.builder(Path.of(cache)).build(plan, BaseImage.scratch(Platform.LINUX_AMD64))) {
            return image.manifest().digest().toString();
        }
    }
}
