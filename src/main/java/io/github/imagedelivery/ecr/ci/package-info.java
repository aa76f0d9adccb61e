/**
 * What the working copy and the CI system know: the revision, whether it is clean, its tags, the pipeline's commit and
 * run, a job's identity token.
 *
 * <p>Exists so that everything read from {@code git} and from the environment is read in one place. The environment is
 * handed in as a map, never read here. It must not know images, registries or AWS.
 */
@NullMarked
package io.github.imagedelivery.ecr.ci;

import org.jspecify.annotations.NullMarked;
