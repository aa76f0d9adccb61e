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
 * The repositories that the modules of a session push to, and those of ECR that they read their bases from, as far as
 * it can be told ahead. One that is missing here, or named wrongly, is made good for when its module comes up.
 */
final class PolicyTargets {
    /** The default for a release that the POM does not name: all of them are in one repository. */
    private static final String ANY_DEFAULT = BaseName.of(Optional.empty(), 17, Path.of(""));

    private PolicyTargets() {}

    /**
     * Returns the repositories.
     *
     * @param running any goal of this plugin
     * @param emulator host and port of what stands in for the caller's own registry, if anything does
     */
    static List<SessionTarget> of(MavenSession session, MojoExecution running, Optional<String> emulator) {
        try {
            return SessionTargets.of(session, running).stream()
                    .filter(target -> !target.isSkipped())
                    .flatMap(target -> Stream.concat(pushed(target).stream(), base(target, emulator).stream()))
                    .distinct()
                    .toList();
        } catch (DeliveryException e) {
            // The module that is configured wrongly will say so itself.
            return List.of();
        }
    }

    private static Optional<SessionTarget> pushed(Target target) {
        String name = Parameters.text(target.parameters().name)
                .orElseGet(() -> target.project().getArtifactId().toLowerCase(Locale.ROOT));
        if (target.unsettled().contains("name") || target.unsettled().contains("registry")) {
            return Optional.empty();
        }
        try {
            Optional<String> host = Parameters.text(target.parameters().registry);
            Optional<EcrHost> registry = host.isPresent() ? Optional.of(EcrHost.parse(host.get())) : Optional.empty();
            return Optional.of(new SessionTarget(registry, RepositoryName.parse(name), true));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<SessionTarget> base(Target target, Optional<String> emulator) {
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
