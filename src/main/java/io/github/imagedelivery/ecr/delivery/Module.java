package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A module that is to be delivered, as its build describes it.
 *
 * @param name what messages call it: the artifactId
 * @param coordinates what is configured about its image's name
 * @param creation how its repository is created where it is missing; empty to refuse that
 * @param policy how its tags are published
 * @param base the base image: a reference, {@code scratch}, or a path to an OCI layout or tar
 * @param platforms what the image is to run on; several make an index
 * @param application what goes into it
 * @param container how it is started
 * @param description what is said about it
 * @param compression how the application's layers are compressed
 * @param reports directory that the reports are written to, {@code target/ecr}
 */
public record Module(
        String name,
        CoordinateSettings coordinates,
        Optional<NewRepository> creation,
        PublishPolicy policy,
        String base,
        List<Platform> platforms,
        Application application,
        ContainerSettings container,
        ImageDescription description,
        Compression compression,
        Path reports) {
    /** Copies the platforms. */
    public Module {
        platforms = List.copyOf(platforms);
    }

    /** Returns the same module, called otherwise. */
    public Module with(CoordinateSettings other) {
        return new Module(
                name,
                other,
                creation,
                policy,
                base,
                platforms,
                application,
                container,
                description,
                compression,
                reports);
    }
}
