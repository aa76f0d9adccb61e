package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.NewRepository;
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
 * @param making what its image comes from
 * @param reports directory that the reports are written to, {@code target/ecr}
 */
public record Module(
        String name,
        CoordinateSettings coordinates,
        Optional<NewRepository> creation,
        PublishPolicy policy,
        Making making,
        Path reports) {
    /** Returns the same module, called otherwise. */
    public Module with(CoordinateSettings other) {
        return new Module(name, other, creation, policy, making, reports);
    }

    /** Tells whether layers of an earlier image are taken. */
    boolean takesLayers() {
        return making instanceof Recipe recipe && recipe.layerReuse();
    }

    /** Returns what is to be known of a repository before the image is made. */
    Preflight.Question question(Coordinates target) {
        return new Preflight.Question(target, takesLayers() ? target.earlier() : List.of());
    }
}
