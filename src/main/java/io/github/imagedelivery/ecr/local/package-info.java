/**
 * A loopback ECR for development and tests: control plane, data plane, STS and a GitHub-style token endpoint in one
 * process, with ECR's real traps.
 *
 * <p>Exists so that the main job runs on a machine with no AWS account, and so that tests meet what ECR does rather
 * than what a specification hopes. Built on the JDK's {@code HttpServer}, with no dependency. It must not know the code
 * that it tests: it imports {@code oci} alone.
 */
@NullMarked
package io.github.imagedelivery.ecr.local;

import org.jspecify.annotations.NullMarked;
