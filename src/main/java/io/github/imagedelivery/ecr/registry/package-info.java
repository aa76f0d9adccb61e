/**
 * The data plane: the OCI distribution API ({@code /v2}) of any registry, to read a base image and to push blobs.
 *
 * <p>Exists because no library pushes a blob in two requests on a kept connection, retries it safely and keeps
 * credentials to one host ({@code POST} plus one {@code PUT} for each blob, a fresh session for each try). It must not
 * know what an image is for, what ECR's control plane says, or what a tag of ours means. The only importer of
 * {@code java.net.http}.
 */
@NullMarked
package io.github.imagedelivery.ecr.registry;

import org.jspecify.annotations.NullMarked;
