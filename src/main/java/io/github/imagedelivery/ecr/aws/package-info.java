/**
 * The control plane: credentials of the AWS SDK's default chain, and Amazon ECR's API for what an image <i>is</i>
 * (repository, tags, manifests, which layers are there).
 *
 * <p>Exists to ask ECR and STS in the words of {@code oci} and with one exception, without a second try where the
 * publish protocol must know the outcome. The SDK finds credentials and signs; its clients of services are not used. It
 * must not move layer bytes. The only importer of {@code software.amazon.awssdk}.
 */
@NullMarked
package io.github.imagedelivery.ecr.aws;

import org.jspecify.annotations.NullMarked;
