package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.PullRequests;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Module;
import io.github.imagedelivery.ecr.delivery.WrittenImage;
import io.github.imagedelivery.ecr.delivery.WrittenImage.Destination;
import io.github.imagedelivery.ecr.image.OutputFormat;
import io.github.imagedelivery.ecr.mojo.ImageFiles.Facts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Builds the image of a module as {@code ecr:push} does, writes it to disk with all layers of its base, and prints the
 * digest that a push would publish. Asks AWS for nothing, unless the base image is in ECR. A working copy that differs
 * from its commit is built, as {@code <sha>-dirty}.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "build",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
        threadSafe = true)
public final class BuildMojo extends ModuleGoal {
    /**
     * What is written: {@code layout}, the directory {@code target/ecr/image} that is an OCI image layout;
     * {@code oci-archive}, the same in the tar {@code target/ecr/image.tar}; or {@code docker-archive}, that tar as
     * {@code docker load} and {@code podman load} read it, of one platform. {@code ecr.outputPaths.tar} puts the tar
     * elsewhere.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.output", defaultValue = "layout")
    @Nullable
    String output;

    @Override
    boolean publishes() {
        return false;
    }

    @Override
    void begin() throws DeliveryException {
        ImageFiles.of(this).forget(reportDirectory.toPath());
    }

    @Override
    void make(Module module, MavenDeliveryLog log) throws DeliveryException {
        Destination destination = destination();
        Module local = module.with(module.coordinates().as(Dirty.SUFFIX, PullRequests.ANY_COMMIT));
        WrittenImage image = delivery(log).write(local, destination, log::completed);
        ImageFiles.of(this)
                .write(new Facts(
                        image.repository(),
                        image.coordinates(),
                        image.digest().toString(),
                        image.imageId().toString(),
                        false));
        log.written(image);
    }

    private Destination destination() throws DeliveryException {
        OutputFormat format = Choice.of("ecr.output", output, OutputFormat.LAYOUT);
        Path reports = reportDirectory.toPath();
        if (format == OutputFormat.LAYOUT) {
            return new Destination(format, reports.resolve("image"));
        }
        Path tar = ImageFiles.tar(this).orElseGet(() -> reports.resolve("image.tar"));
        if (Files.isDirectory(tar)) {
            throw Parameters.wrong("ecr.outputPaths.tar", tar.toString(), "the name of a file; this is a directory");
        }
        return new Destination(format, tar);
    }
}
