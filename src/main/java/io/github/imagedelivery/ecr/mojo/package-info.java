/**
 * The goals: parameters in, log lines and failures out. Wires the other packages by hand.
 *
 * <p>The only importer of {@code org.apache.maven}.
 */
@NullMarked
package io.github.imagedelivery.ecr.mojo;

import org.jspecify.annotations.NullMarked;
