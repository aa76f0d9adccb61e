package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Candidate;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;

/** Says of a module that is not compiled yet what its image will be, as far as that is known. */
final class Candidates {
    private Candidates() {}

    /** Reads the module; its parameters must be usable. */
    static Candidate of(Target target) throws DeliveryException {
        PushMojo goal = target.parameters();
        Parameters parameters = new Parameters(goal);
        parameters.check();
        CoordinateSettings coordinates = new CoordinateParameters(goal).settings();
        return new Candidate(
                target.project().getArtifactId(),
                coordinates,
                new CreationParameters(goal).settings(coordinates),
                new PublishParameters(goal).policy(),
                base(target),
                parameters.platforms(),
                javaRelease(target.project()).stream()
                        .mapToInt(Integer::intValue)
                        .findFirst(),
                isApplication(target),
                new PrebuiltReader(goal).isAsked(),
                goal.layerReuse,
                target.unsettled());
    }

    /**
     * The default follows the release that the classes are compiled for, of which the POM as a rule says enough. An image
     * of another tool has its own.
     */
    static Optional<String> base(Target target) throws DeliveryException {
        if (new PrebuiltReader(target.parameters()).isAsked()) {
            return Optional.empty();
        }
        Optional<Integer> release = javaRelease(target.project());
        Kind kind = Kind.foreseen(target.parameters());
        Optional<String> from = Parameters.text(target.parameters().from)
                .or(() -> release.flatMap(known -> DefaultBase.of(kind, target.project(), known)));
        return from.isEmpty() && release.isEmpty()
                ? Optional.empty()
                : Optional.of(BaseName.of(
                        from, release.orElse(0), target.project().getBasedir().toPath()));
    }

    static Optional<Integer> javaRelease(MavenProject project) {
        return Stream.of("maven.compiler.release", "maven.compiler.target")
                .map(project.getProperties()::getProperty)
                .flatMap(value -> Parameters.text(value).stream())
                .findFirst()
                .map(value -> value.replaceFirst("^1\\.", ""))
                .filter(value -> value.matches("[0-9]{1,2}"))
                .map(Integer::valueOf);
    }

    /** Tells whether the module gets an image, as far as its POM and its sources say. */
    static boolean isApplication(Target target) {
        return new PrebuiltReader(target.parameters()).isAsked()
                || Kind.isCertain(target.parameters())
                || Parameters.text(target.parameters().mainClass).isPresent()
                || new MainMethods(target.project()).areThere();
    }
}
