package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Turns what went wrong into the exceptions that Maven prints. */
final class Failures {
    private Failures() {}

    /** What a goal does. */
    interface Work {
        /** Does it. */
        void run() throws DeliveryException, MojoExecutionException, MojoFailureException;
    }

    /** Runs a goal, and says in Maven's way why it fails. */
    static void run(Work work) throws MojoExecutionException, MojoFailureException {
        try {
            work.run();
        } catch (DeliveryException e) {
            throw of(e);
        } catch (RuntimeException e) {
            throw unexpected(e);
        }
    }

    /** Returns the failure for what is nobody's situation but an error in this plugin. */
    static MojoExecutionException unexpected(RuntimeException e) {
        return new MojoExecutionException(
                "ecr-maven-plugin has failed in a way that it does not know\n  cause: " + e
                        + "\n  to fix: run the goal again with -e, and report what it prints",
                e);
    }

    /**
     * Returns the failure for something that the user can put right; throws it for the rest.
     *
     * <p>The exception is attached as a suppressed one: Maven puts the messages of causes behind the last line, which
     * is to say what to do and nothing else.
     */
    static MojoFailureException of(DeliveryException e) throws MojoExecutionException {
        if (e.isUserError()) {
            MojoFailureException failure = new MojoFailureException(e.getMessage());
            failure.addSuppressed(e);
            return failure;
        }
        MojoExecutionException failure = new MojoExecutionException(e.getMessage());
        failure.addSuppressed(e);
        throw failure;
    }
}
