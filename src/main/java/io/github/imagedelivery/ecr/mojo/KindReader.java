package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.LayeredJar;
import io.github.imagedelivery.ecr.image.MainClasses;
import io.github.imagedelivery.ecr.image.NativeExecutable;
import io.github.imagedelivery.ecr.image.OwnJar;
import io.github.imagedelivery.ecr.image.PackagedApplication;
import io.github.imagedelivery.ecr.image.Placement;
import io.github.imagedelivery.ecr.image.QuarkusApplication;
import io.github.imagedelivery.ecr.image.RunnableJar;
import io.github.imagedelivery.ecr.image.WebApplication;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the application of a module, of whichever kind it is. */
final class KindReader {
    private static final int DEFAULT_RELEASE = 17;
    private static final String OF_QUARKUS = "/deployments";

    private final ImageParameters goal;
    private final MavenDeliveryLog log;
    private final BuiltFiles built;

    KindReader(ImageParameters goal, MavenDeliveryLog log) {
        this.goal = goal;
        this.log = log;
        this.built = new BuiltFiles(goal.project);
    }

    /** Returns the application; empty for a module without one, such as a library. */
    Optional<ModuleApplication> read() throws DeliveryException {
        Kind kind = Kind.of(goal);
        Problems problems = new Problems();
        new KindRules(goal, kind).problems().values().forEach(problems::add);
        Optional<Optional<ModuleApplication>> read = problems.collect(() -> kind == Kind.JAVA ? java() : other(kind));
        problems.raise();
        return read.orElseThrow();
    }

    private Optional<ModuleApplication> other(Kind kind) throws DeliveryException {
        int release = javaRelease();
        Optional<String> base = DefaultBase.of(kind, goal.project, release);
        Application application = application(kind, base.orElse(""), release);
        log.kind(goal.project.getArtifactId(), kind.name().toLowerCase(Locale.ROOT));
        return Optional.of(new ModuleApplication(application, release, base));
    }

    private Optional<ModuleApplication> java() throws DeliveryException {
        Optional<JavaApplication> exploded = new ApplicationReader(goal, log)
                .read(Parameters.text(goal.mainClass).filter(Parameters::isResolved));
        if (exploded.isEmpty()) {
            return Optional.empty();
        }
        JavaApplication found = exploded.get();
        Application application =
                KindRules.isPackaged(goal) ? new PackagedApplication(found, own(built.original("jar"))) : found;
        return Optional.of(new ModuleApplication(application, found.javaRelease(), Optional.empty()));
    }

    private Application application(Kind kind, String defaultBase, int release) throws DeliveryException {
        OptionalInt java = OptionalInt.of(release);
        ApplicationReader reader = new ApplicationReader(goal, log);
        return switch (kind) {
            case WAR ->
                new WebApplication(
                        built.original("war"),
                        reader.libraries(),
                        reader.leftOut(),
                        placement(DefaultBase.webRoot(Parameters.text(goal.from).orElse(defaultBase))),
                        java);
            case LAYERED -> new LayeredJar(built.archive("jar"), new ContainerParameters(goal).placement(), java);
            case JAR -> new RunnableJar(own(jar()), placement(Placement.DEFAULT.root()), java);
            case QUARKUS -> new QuarkusApplication(layout(), reader.libraries(), placement(OF_QUARKUS), java);
            case NATIVE ->
                new NativeExecutable(
                        executable(),
                        placement(Placement.DEFAULT.root()),
                        new Parameters(goal).platforms().get(0));
            case AUTO, JAVA -> throw new IllegalArgumentException(kind.name());
        };
    }

    private OwnJar own(Path jar) {
        return new OwnJar(jar, goal.project.getGroupId());
    }

    private Path layout() throws DeliveryException {
        BuiltFiles.there(QuarkusOutput.runner(built.directory()));
        return built.directory().resolve(QuarkusOutput.LAYOUT);
    }

    private Path jar() throws DeliveryException {
        Optional<Path> named = named("ecr.jar", goal.jar);
        Optional<Path> found =
                named.isPresent() ? named : QuarkusOutput.of(goal.project).file(Kind.JAR);
        return found.isPresent() ? found.get() : built.archive("jar");
    }

    private Path executable() throws DeliveryException {
        Optional<Path> named = named("ecr.nativeExecutable", goal.nativeExecutable);
        Optional<Path> found =
                named.isPresent() ? named : QuarkusOutput.of(goal.project).file(Kind.NATIVE);
        return found.isPresent() ? found.get() : built.executable();
    }

    private static Optional<Path> named(String property, @Nullable File file) throws DeliveryException {
        if (file == null) {
            return Optional.empty();
        }
        if (!Parameters.isResolved(file.getPath())) {
            throw Parameters.unresolved(property, file.getPath());
        }
        return Optional.of(BuiltFiles.there(file.toPath()));
    }

    private Placement placement(String byDefault) {
        return new Placement(Parameters.text(goal.appRoot).orElse(byDefault), List.of());
    }

    private int javaRelease() {
        return MainClasses.newestRelease(Path.of(goal.project.getBuild().getOutputDirectory()))
                .orElseGet(() -> Candidates.javaRelease(goal.project).orElse(DEFAULT_RELEASE));
    }
}
