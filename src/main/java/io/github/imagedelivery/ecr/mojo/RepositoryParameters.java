package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say whether a missing repository is created, and how. */
abstract class RepositoryParameters extends LoginParameters {
    /**
     * Creates the repository where it is missing, before anything is built: with immutable tags but for those that
     * {@code ecr.movingVersions} names. The role needs {@code ecr:CreateRepository}, and {@code ecr:TagResource} for
     * {@code ecr.repositoryTags}. A repository that is there is never changed.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.createRepository", defaultValue = "false")
    boolean createRepository;

    /**
     * Whether ECR scans each image that is pushed to a repository that is created.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.scanOnPush", defaultValue = "true")
    boolean scanOnPush;

    /**
     * How a repository that is created encrypts its layers: {@code AES256}, {@code KMS} or {@code KMS_DSSE}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.encryption", defaultValue = "AES256")
    @Nullable
    String encryption;

    /**
     * ARN or alias of the KMS key of a repository that is created, for {@code ecr.encryption} {@code KMS} or
     * {@code KMS_DSSE}. Default: the key that AWS manages, {@code aws/ecr}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.kmsKey")
    @Nullable
    String kmsKey;

    /**
     * Tags of a repository that is created: {@code <repositoryTags><team>shop</team></repositoryTags>}.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    Map<String, String> repositoryTags;

    /**
     * Further tags of a repository that is created as {@code name=value}, so that they can be set by property,
     * comma-separated.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.repositoryTags")
    @Nullable
    List<String> repositoryTagList;
}
