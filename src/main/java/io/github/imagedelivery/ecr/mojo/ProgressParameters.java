package io.github.imagedelivery.ecr.mojo;

import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameter that says what is shown while a goal works. */
abstract class ProgressParameters extends SessionGoal {
    /**
     * What is shown of work that takes long, phase, bytes, rate and time left: {@code live}, a line for each image at the
     * foot of the terminal, from two seconds on; {@code plain}, a line in the log every ten seconds; {@code none}; or
     * {@code auto}, which is live on a terminal, and plain elsewhere, with {@code -B}, with
     * {@code --no-transfer-progress} and where the variable {@code CI} is set. Without a terminal, {@code live} is plain.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.progress", defaultValue = "auto")
    @Nullable
    String progress;
}
