package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.Collection;
import java.util.Map;

/**
 * The repositories of a registry as such, whatever their images. Each method is one request, unless it says otherwise.
 */
public interface Repositories {
    /**
     * Describes repositories, one request for each 100.
     *
     * @throws AwsException if one of them is not there or may not be described, whichever it is
     */
    Map<RepositoryName, RepositoryDescription> describe(Collection<RepositoryName> repositories) throws AwsException;

    /**
     * Tells whether ECR creates the repository when it is pushed to ({@code DescribeRepositoryCreationTemplates}, all
     * pages).
     */
    boolean isCreatedOnPush(RepositoryName repository) throws AwsException;

    /**
     * Creates a repository ({@code CreateRepository}); that it is there already, by another build perhaps, is success.
     */
    void create(RepositoryName repository, NewRepository settings) throws AwsException;

    /**
     * Begins the upload of a layer that nothing will follow ({@code InitiateLayerUpload}). ECR forgets it by itself; a
     * repository that is created on push is created by it.
     */
    void beginUpload(RepositoryName repository) throws AwsException;
}
