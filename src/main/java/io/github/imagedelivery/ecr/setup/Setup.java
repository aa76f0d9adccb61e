package io.github.imagedelivery.ecr.setup;

import java.util.Optional;

/**
 * What the files are written for.
 *
 * @param target where the images go
 * @param job the job that pushes them
 * @param role the role that the job assumes
 * @param base the base image's repository, where that is in ECR
 */
public record Setup(Target target, Job job, Role role, Optional<BaseRepository> base) {
    /** Tells whether the role is in another account than the registry, which then must let it in. */
    boolean isCrossAccount() {
        return !role.account().equals(target.registry().account());
    }
}
