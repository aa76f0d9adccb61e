/**
 * Turns project files and a base image into a {@code BuiltImage}: layers, config and manifest, in memory.
 *
 * <p>Jib core writes the layers into a thin tarball that lives in memory (see {@code decisions.md}); this package
 * composes them with the base's own layers, which it never reads. It must not know the network, AWS or Maven. The only
 * importer of {@code com.google.cloud.tools.jib}.
 */
@NullMarked
package io.github.imagedelivery.ecr.image;

import org.jspecify.annotations.NullMarked;
