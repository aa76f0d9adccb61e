package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Reference;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.TagPattern;
import io.github.imagedelivery.ecr.setup.BaseRepository;
import io.github.imagedelivery.ecr.setup.Destination;
import io.github.imagedelivery.ecr.setup.EcrRegistry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The modules that files are written for: those that are pushed, or all that could be where no POM says so yet. */
final class SetupModules {
    private final SetupMojo raw;
    private final List<Target> bound;

    private SetupModules(SetupMojo raw, List<Target> bound) {
        this.raw = raw;
        this.bound = List.copyOf(bound);
    }

    static SetupModules of(SetupMojo raw) throws DeliveryException {
        return new SetupModules(raw, SessionTargets.of(raw.session, raw.execution));
    }

    /** Tells whether a module's POM runs a goal that pushes. */
    boolean areBound() {
        return !bound.isEmpty();
    }

    private Stream<Target> pushed() {
        return bound.stream().filter(target -> !target.isSkipped() && Candidates.isApplication(target));
    }

    /** Returns the registry and the repositories. */
    Destination destination() throws DeliveryException {
        Set<String> names = areBound() ? boundNames() : likelyNames();
        if (names.isEmpty()) {
            throw DeliveryException.ofUser(
                    "There is no module to push; nothing was written",
                    "every module of this build is a pom, a war or an ear, is skipped, or has no main method in its sources",
                    "run ecr:setup where the services are built, on the parent or with -pl");
        }
        List<RepositoryName> repositories =
                names.stream().map(RepositoryName::new).toList();
        return new Destination(registry(), repositories, Optional.empty(), moving());
    }

    /** Returns the versions that may move in any of the modules: the guide creates all repositories alike. */
    private List<TagPattern> moving() throws DeliveryException {
        Set<TagPattern> moving = new LinkedHashSet<>();
        for (Target target : pushed().toList()) {
            moving.addAll(new PublishParameters(target.parameters()).movingVersions());
        }
        if (moving.size() > NewRepository.MOST_PATTERNS) {
            throw DeliveryException.ofUser(
                    "The repositories cannot all be created with so many moving versions; nothing was written",
                    "ecr.movingVersions of the modules are " + moving + "; a repository of ECR takes "
                            + NewRepository.MOST_PATTERNS + " exclusion filters",
                    "name fewer patterns, or select modules that share them with -pl");
        }
        return moving.isEmpty() ? CoordinateSettings.SNAPSHOTS : List.copyOf(moving);
    }

    private Set<String> boundNames() throws DeliveryException {
        Set<String> names = new TreeSet<>();
        for (Target target : pushed().toList()) {
            names.add(name(target.project(), settledName(target)));
        }
        return names;
    }

    private Set<String> likelyNames() throws DeliveryException {
        Set<String> names = new TreeSet<>();
        for (MavenProject project : raw.session.getProjects()) {
            String packaging = project.getPackaging();
            if (!packaging.equals("pom")
                    && !ModuleGoal.FOR_A_SERVER.contains(packaging)
                    && new MainMethods(project).areThere()) {
                String own = project.getProperties().getProperty("ecr.name");
                names.add(name(project, Parameters.text(own).isPresent() ? own : raw.name));
            }
        }
        return names;
    }

    private EcrRegistry registry() throws DeliveryException {
        Optional<String> otherwise = Parameters.text(raw.registry);
        List<String> hosts = areBound()
                ? pushed().flatMap(target -> Parameters.text(target.parameters().registry).or(() -> otherwise).stream())
                        .distinct()
                        .toList()
                : otherwise.stream().toList();
        if (hosts.size() != 1) {
            throw DeliveryException.ofUser(
                    hosts.isEmpty() ? "The registry is not known" : "The modules are pushed to different registries",
                    hosts.isEmpty() ? "ecr.registry is not set" : "ecr.registry is " + String.join(" and ", hosts),
                    hosts.isEmpty()
                            ? "set it in the POM's <properties>, or -Decr.registry=ACCOUNT.dkr.ecr.REGION.amazonaws.com"
                            : "select the modules of one registry with -pl");
        }
        try {
            return registry(EcrHost.parse(hosts.get(0)));
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "ecr.registry is not the host of an ECR registry",
                    e,
                    "set ecr.registry to <account>.dkr.ecr.<region>.amazonaws.com without a scheme or path");
        }
    }

    private static EcrRegistry registry(EcrHost host) {
        return new EcrRegistry(host.value(), host.account(), host.region(), host.partition());
    }

    private static @Nullable String settledName(Target target) throws DeliveryException {
        if (target.unsettled().contains("name")) {
            throw DeliveryException.ofUser(
                    "The repository of " + target.project().getArtifactId() + " is not known before it is built",
                    "its ecr.name holds an expression that another plugin is to resolve",
                    "name the repository in the POM, or leave the module out with -pl");
        }
        return target.parameters().name;
    }

    private static String name(MavenProject project, @Nullable String given) throws DeliveryException {
        String name =
                Parameters.text(given).orElseGet(() -> project.getArtifactId().toLowerCase(Locale.ROOT));
        try {
            return RepositoryName.parse(name).value();
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "The repository of " + project.getArtifactId() + " cannot have its name",
                    e,
                    "set ecr.name to the name of the repository in ECR");
        }
    }

    /** Returns the repositories of base images, of those that are in ECR. */
    List<BaseRepository> bases() {
        return pushed().flatMap(target -> base(target).stream()).distinct().toList();
    }

    private static Optional<BaseRepository> base(Target target) {
        try {
            Reference named = Reference.parse(Candidates.base(target).orElse(""));
            Reference reference =
                    new BaseParameters(target.parameters()).mirrors().of(named).orElse(named);
            return EcrHost.isEcr(reference.registry())
                    ? Optional.of(
                            new BaseRepository(registry(EcrHost.parse(reference.registry())), reference.repository()))
                    : Optional.empty();
        } catch (FormatException | DeliveryException e) {
            return Optional.empty(); // a path, or scratch, or what the module will be refused for
        }
    }
}
