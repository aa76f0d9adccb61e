package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import javax.inject.Inject;
import org.apache.maven.model.io.ModelReader;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** The parameters that say which libraries the images of a fleet have in common. */
abstract class SharingParameters extends BaseImageParameters {
    /** Finds what the dependencies of a parent POM depend on. */
    @Inject
    RepositorySystem resolver;

    /** Reads the POMs of modules that Maven does not build. */
    @Inject
    ModelReader models;

    /**
     * Libraries that every service of the fleet has, as {@code groupId:artifactId} with {@code *} for any characters or
     * none, for example {@code com.example.platform:*,io.netty:netty-*}; a property is split at commas. They lie in the
     * layer {@code shared-dependencies}, below all others, so that the services have it byte for byte and a registry keeps
     * it once; whether released or not. Set it in the parent POM of the services. Default: the released libraries that the
     * {@code <dependencies>} of the module's parent POM come to, if it has any.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.sharedDependencies")
    @Nullable
    List<String> sharedDependencies;
}
