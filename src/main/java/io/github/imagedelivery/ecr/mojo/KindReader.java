package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.LayeredJar;
import io.github.imagedelivery.ecr.image.MainClasses;
import io.github.imagedelivery.ecr.image.NativeExecutable;
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

    /** How the module's own part of a Java application is packed. */
    private enum Mode {
        EXPLODED,
        PACKAGED
    }

    private final ImageParameters goal;
    private final MavenDeliveryLog log;
    private final BuiltFiles built;

    KindReader(ImageParameters goal, MavenDeliveryLog log) {
        this.goal = goal;
        this.log = log;
        this.built = new BuiltFiles(goal.project);
    }

    /** Refuses a mode that is none. */
    static Object mode(ImageParameters goal) throws DeliveryException {
        return Choice.of("ecr.containerizingMode", goal.containerizingMode, Mode.EXPLODED);
    }

    /** Returns the application; empty for a module without one, such as a library. */
    Optional<ModuleApplication> read() throws DeliveryException {
        Kind kind = Kind.of(goal);
        if (kind == Kind.JAVA) {
            return java();
        }
        if (mode(goal) == Mode.PACKAGED) {
            throw unused("ecr.containerizingMode", kind, "leave it out, or set ecr.kind to java");
        }
        if (kind == Kind.WAR || kind == Kind.NATIVE) {
            refuseFlags(kind);
        }
        if (kind != Kind.LAYERED && !Parameters.list(goal.extraClasspath).isEmpty()) {
            throw unused("ecr.extraClasspath", kind, "leave it out");
        }
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
        Application application = mode(goal) == Mode.EXPLODED ? found : found.packagedAs(built.original("jar"));
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
            case JAR ->
                new RunnableJar(
                        named(goal.jar).isPresent() ? named(goal.jar).get() : built.archive("jar"),
                        placement(Placement.DEFAULT.root()),
                        java);
            case QUARKUS -> new QuarkusApplication(quarkus(), reader.libraries(), placement(OF_QUARKUS), java);
            case NATIVE ->
                new NativeExecutable(
                        named(goal.nativeExecutable).isPresent()
                                ? named(goal.nativeExecutable).get()
                                : built.executable(),
                        placement(Placement.DEFAULT.root()));
            case AUTO, JAVA -> throw new IllegalArgumentException(kind.name());
        };
    }

    private Path quarkus() throws DeliveryException {
        Path layout = built.directory().resolve("quarkus-app");
        BuiltFiles.there(layout.resolve("quarkus-run.jar"));
        return layout;
    }

    private static Optional<Path> named(@Nullable File file) throws DeliveryException {
        return file == null ? Optional.empty() : Optional.of(BuiltFiles.there(file.toPath()));
    }

    private Placement placement(String byDefault) {
        return new Placement(Parameters.text(goal.appRoot).orElse(byDefault), List.of());
    }

    private int javaRelease() {
        return MainClasses.newestRelease(Path.of(goal.project.getBuild().getOutputDirectory()))
                .orElseGet(() -> Candidates.javaRelease(goal.project).orElse(DEFAULT_RELEASE));
    }

    private void refuseFlags(Kind kind) throws DeliveryException {
        if (!Parameters.list(goal.jvmFlags).isEmpty()) {
            throw unused(
                    "ecr.jvmFlags",
                    kind,
                    kind == Kind.WAR ? "put the flags into the variable JAVA_TOOL_OPTIONS" : "leave it out");
        }
    }

    private static DeliveryException unused(String property, Kind kind, String remedy) {
        return DeliveryException.ofUser(
                property + " has no use in an image of this kind; nothing was built or sent",
                "ecr.kind is " + kind.name().toLowerCase(Locale.ROOT) + ", as set or found",
                remedy);
    }
}
