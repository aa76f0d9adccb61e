package io.github.imagedelivery.ecr.mojo;

import java.io.File;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say what kind of application a module is. */
abstract class KindParameters extends FilesParameters {
    /**
     * What the image is made of: {@code java} (classes, resources and libraries of the module, started by its main class),
     * {@code war} (unpacked on a base with Tomcat or Jetty), {@code layered} (Spring Boot's repackaged jar, in the layers
     * of its own index), {@code jar} (a jar that holds all, {@code java -jar}), {@code quarkus}
     * ({@code target/quarkus-app}), {@code native} (an executable) or {@code auto}: {@code war} for that packaging,
     * {@code jar} where {@code ecr.jar} is set, {@code native} where {@code ecr.nativeExecutable} is set or
     * native-maven-plugin runs in the module; what quarkus-maven-plugin has left, be it its layout ({@code quarkus}),
     * {@code target/*-runner.jar} ({@code jar}) or {@code target/*-runner} ({@code native}); else {@code java}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.kind", defaultValue = "auto")
    @Nullable
    String kind;

    /**
     * How the module's own part of the kind {@code java} is packed: {@code exploded}, its classes and resources in layers
     * of their own, or {@code packaged}, its jar.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.containerizingMode", defaultValue = "exploded")
    @Nullable
    String containerizingMode;

    /**
     * Runnable jar for the kind {@code jar}, for example {@code target/orders-all.jar}. Default: the jar that the module's
     * packaging makes.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.jar")
    @Nullable
    File jar;

    /**
     * Executable for the kind {@code native}, for example {@code target/orders}; one for {@code ecr.platform}. Default: what native-maven-plugin makes,
     * {@code target/<imageName>}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.nativeExecutable")
    @Nullable
    File nativeExecutable;
}
