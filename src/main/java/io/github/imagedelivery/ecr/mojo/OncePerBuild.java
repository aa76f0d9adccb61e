package io.github.imagedelivery.ecr.mojo;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * What the first execution of a goal does for all modules of a build. The others wait for its end, which matters where
 * modules are built in parallel; its state is a class of the JDK, since a module may have class loaders of its own.
 */
final class OncePerBuild {
    private OncePerBuild() {}

    /** What is done once. */
    interface Work {
        /** Does it. */
        void run() throws MojoExecutionException, MojoFailureException;
    }

    /**
     * Does the work, or waits for who does it.
     *
     * @param name a name of the work that no other has
     * @return whether it has succeeded; never false for who has done it, since that one gets the exception
     */
    static boolean run(MavenSession session, String name, Work work)
            throws MojoExecutionException, MojoFailureException {
        CompletableFuture<Boolean> ours = new CompletableFuture<>();
        Object first = register(session.getRequest().getData(), name, ours);
        if (first instanceof CompletableFuture<?> theirs && theirs != ours) {
            return Boolean.TRUE.equals(theirs.join());
        }
        try {
            work.run();
            return ours.complete(true);
        } finally {
            ours.complete(false);
        }
    }

    private static Object register(Map<String, Object> shared, String name, CompletableFuture<Boolean> ours) {
        synchronized (shared) {
            return shared.computeIfAbsent(name, key -> ours);
        }
    }
}
