/**
 * The nouns of the OCI specifications (image-spec 1.1, distribution-spec 1.1) as immutable values, and the JSON that
 * they are written in.
 *
 * <p>Every other package speaks in these words. This one imports the JDK only, does no network and no file work, and
 * knows neither Maven nor AWS.
 */
@NullMarked
package io.github.imagedelivery.ecr.oci;

import org.jspecify.annotations.NullMarked;
