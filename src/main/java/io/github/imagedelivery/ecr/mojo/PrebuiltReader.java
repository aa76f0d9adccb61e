package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Prebuilt;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.PrebuiltImage;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the image that another tool has built for a module. */
final class PrebuiltReader {
    private final ImageParameters goal;

    PrebuiltReader(ImageParameters goal) {
        this.goal = goal;
    }

    /** Tells whether an image is named. */
    boolean isAsked() {
        return Parameters.text(goal.image).isPresent();
    }

    /**
     * Tells whether the image is that of the modules below: a parent has {@code ecr.image} only for them to inherit, if
     * nothing lies there for itself.
     */
    boolean isForModules() {
        return goal.project.getPackaging().equals("pom")
                && !goal.project.getModules().isEmpty()
                && path().filter(Files::exists).isEmpty();
    }

    /** Reads the image, and warns of what has no effect on it. */
    Prebuilt read(GoalLog log) throws DeliveryException {
        Path path = path().orElseThrow(() ->
                Parameters.wrong("ecr.image", Parameters.text(goal.image).orElse(""), "a path"));
        List<String> unused = BuildSettings.of(goal);
        if (!unused.isEmpty()) {
            log.withoutEffect(goal.project.getArtifactId(), unused);
        }
        log.prebuilt(goal.project.getArtifactId(), path);
        try {
            return new Prebuilt(PrebuiltImage.read(path, Parameters.text(goal.imageEntry)));
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        }
    }

    /** Returns the path; empty for a text that is none on this machine. */
    private Optional<Path> path() {
        try {
            return Parameters.text(goal.image)
                    .map(goal.project.getBasedir().toPath()::resolve)
                    .map(Path::normalize);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
