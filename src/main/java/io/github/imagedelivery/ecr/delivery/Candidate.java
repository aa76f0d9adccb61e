package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A module that is to be delivered, as far as it is known before it is built.
 *
 * @param name what messages call it: the artifactId
 * @param coordinates what is configured about its image's name
 * @param creation how its repository is created where it is missing; empty to refuse that
 * @param policy how its tags are published
 * @param base the base image as {@link Recipe#base}; empty where it depends on what is compiled
 * @param platforms what the image is to run on; several make an index
 * @param javaRelease the Java release that it will be compiled for; empty where the POM does not say
 * @param isApplication whether there is an application in it, rather than perhaps a library, which makes no image
 * @param isPrebuilt whether another tool builds the image, which then has no base to look at
 * @param takesLayers whether images of earlier commits are believed what they say of their layers
 * @param unsettled names of the parameters that another plugin has yet to set
 */
public record Candidate(
        String name,
        CoordinateSettings coordinates,
        Optional<NewRepository> creation,
        PublishPolicy policy,
        Optional<String> base,
        List<Platform> platforms,
        OptionalInt javaRelease,
        boolean isApplication,
        boolean isPrebuilt,
        boolean takesLayers,
        List<String> unsettled) {
    /** Copies the lists. */
    public Candidate {
        platforms = List.copyOf(platforms);
        unsettled = List.copyOf(unsettled);
    }
}
