package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.RepositoryName;

/** The repository of a base image that is kept in ECR. */
public record BaseRepository(EcrRegistry registry, RepositoryName name) {
    String arn() {
        return registry.arn(name.value());
    }
}
