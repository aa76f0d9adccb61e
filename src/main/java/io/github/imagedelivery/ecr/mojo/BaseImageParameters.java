package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say where base images are read, and what their tags stand for. */
abstract class BaseImageParameters extends RepositoryParameters {
    /**
     * What the lock file is there for, which {@code mvn ecr:lock} writes: {@code use} builds on the digests that it
     * names where there is one and refuses a base image that is not in it; {@code require} refuses to build without one, too;
     * {@code ignore} takes what each tag stands for now. A base image that is pinned by digest, on disk or {@code scratch}
     * needs no lock.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.lock", defaultValue = "use")
    @Nullable
    String lock;

    /**
     * The lock file of base images. A relative path begins in the top directory of the build, in all modules. It belongs into
     * version control.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.lockFile", defaultValue = "ecr-lock.json")
    @Nullable
    String lockFile;

    /**
     * Where base images are read in place of the registry that their names say:
     * {@code <baseMirrors><docker.io>123456789012.dkr.ecr.eu-west-2.amazonaws.com/docker-hub</docker.io></baseMirrors>}. A
     * repository of an ECR pull-through cache, for example. What is replaced is the beginning of the name, {@code host} or
     * {@code host/path}; the longest that fits counts. Log, lock file and labels keep the name.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    Map<String, String> baseMirrors;

    /**
     * Further mirrors as {@code beginning=place}, so that they can be set by property, comma-separated:
     * {@code docker.io=123456789012.dkr.ecr.eu-west-2.amazonaws.com/docker-hub}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.base.mirrors")
    @Nullable
    List<String> baseMirrorList;

    /**
     * Whether a base image is read from the registry of its name where its mirror cannot be read, rather than refused.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.base.mirrorFallback", defaultValue = "false")
    boolean baseMirrorFallback;

    /**
     * Whether a base image is refused whose Java is older than the release that the classes are compiled for. One that does
     * not say which Java it has is never refused.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.base.javaCheck", defaultValue = "true")
    boolean baseJavaCheck = true;
}
