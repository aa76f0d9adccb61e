/**
 * The control plane: credentials of the AWS SDK's default chain, and Amazon ECR's API for what an image <i>is</i>
 * (repository, tags, manifests, which layers are there).
 *
 * <p>Exists to turn the SDK's types and exceptions into the words of {@code oci} and one exception, with retries off
 * where the publish protocol must know the outcome. It must not move layer bytes. The only importer of
 * {@code software.amazon.awssdk}.
 */
@NullMarked
package io.github.imagedelivery.ecr.aws;

import org.jspecify.annotations.NullMarked;
