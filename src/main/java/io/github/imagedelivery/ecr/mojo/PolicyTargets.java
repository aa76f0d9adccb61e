package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.SessionTarget;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Reference;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;

/**
 * The repositories that the modules of a session push to or compare images of, and those of ECR that they read their
 * bases from, as far as it can be told ahead. One that is missing here, or named wrongly, is made good for when its module
 * comes up.
 */
final class PolicyTargets {
    /** The default for a release that the POM does not name: all of them are in one repository. */
    private static final String ANY_DEFAULT = BaseName.of(Optional.empty(), 17, Path.of(""));

    private final Optional<String> emulator;
    private final List<Target> made;
    private final List<Target> compared;
    private final boolean isPublishing;

    /**
     * Looks ahead.
     *
     * @param running any goal of this plugin
     * @param emulator host and port of what stands in for the caller's own registry, if anything does
     */
    PolicyTargets(MavenSession session, MojoExecution running, Optional<String> emulator) {
        this.emulator = emulator;
        this.made = settled(() -> SessionTargets.of(session, running));
        this.compared = settled(() -> SessionTargets.compared(session, running));
        this.isPublishing =
                Goal.of(session, running).stream().anyMatch(goal -> goal.name().equals("publish"));
    }

    /** Where targets come from. */
    private interface Reader {
        List<Target> read() throws DeliveryException;
    }

    /** Nothing where the configuration of a module is wrong: it will say so itself. */
    private static List<Target> settled(Reader reader) {
        try {
            return reader.read().stream().filter(target -> !target.isSkipped()).toList();
        } catch (DeliveryException e) {
            return List.of();
        }
    }

    /** Returns the repositories; one is written to where this build comes by a goal that does so. */
    List<SessionTarget> all() {
        Stream<SessionTarget> written = made.stream()
                .filter(target -> isPublishing || target.isReached())
                .flatMap(target -> repository(target, true).stream());
        Stream<SessionTarget> read = compared.stream().flatMap(target -> repository(target, false).stream());
        return Stream.of(written, read, bases().stream())
                .flatMap(targets -> targets)
                .distinct()
                .toList();
    }

    /**
     * Returns the repositories that this build will push to, as far as POMs and sources say: a library that inherits
     * the goal has none.
     */
    List<SessionTarget> pushed() {
        return made.stream()
                .filter(target -> isPublishing || target.isReached())
                .filter(Candidates::isApplication)
                .flatMap(target -> repository(target, true).stream())
                .distinct()
                .toList();
    }

    /** Returns the repositories that bases are read from. */
    List<SessionTarget> bases() {
        return Stream.concat(made.stream(), compared.stream())
                .flatMap(target -> base(target).stream())
                .distinct()
                .toList();
    }

    private static Optional<SessionTarget> repository(Target target, boolean written) {
        String name = Parameters.text(target.parameters().name)
                .orElseGet(() -> target.project().getArtifactId().toLowerCase(Locale.ROOT));
        if (target.unsettled().contains("name") || target.unsettled().contains("registry")) {
            return Optional.empty();
        }
        try {
            Optional<String> host = Parameters.text(target.parameters().registry);
            Optional<EcrHost> registry = host.isPresent() ? Optional.of(EcrHost.parse(host.get())) : Optional.empty();
            return Optional.of(new SessionTarget(registry, RepositoryName.parse(name), written));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private Optional<SessionTarget> base(Target target) {
        try {
            Reference named = Reference.parse(Candidates.base(target).orElse(ANY_DEFAULT));
            Reference base =
                    new BaseParameters(target.parameters()).mirrors().of(named).orElse(named);
            Optional<EcrHost> registry =
                    emulator.filter(base.registry()::equals).isPresent()
                            ? Optional.empty()
                            : Optional.of(EcrHost.parse(base.registry()));
            return Optional.of(new SessionTarget(registry, base.repository(), false));
        } catch (FormatException | DeliveryException e) {
            return Optional.empty();
        }
    }
}
