package io.github.imagedelivery.ecr.setup;

import java.util.List;

/**
 * What the files are written for.
 *
 * @param target where the images go
 * @param job the job that pushes them
 * @param role the role that the job assumes
 * @param bases the base images' repositories, of those that are in ECR
 */
public record Setup(Destination target, Job job, Role role, List<BaseRepository> bases) {
    /** Copies the list. */
    public Setup {
        bases = List.copyOf(bases);
    }

    /** Tells whether the role is in another account than the registry, which then must let it in. */
    boolean isCrossAccount() {
        return !role.account().equals(target.registry().account());
    }
}
