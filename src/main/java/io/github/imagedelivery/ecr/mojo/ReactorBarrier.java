package io.github.imagedelivery.ecr.mojo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.BuildFailure;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;

/**
 * Holds every tag of a session back until all that the session does has succeeded, later goals and other modules
 * included. Then publishes everything that was staged, before Maven prints its summary, so that a publish that fails is
 * a build that fails.
 *
 * <p>Modules of other class loaders arrive at the same barrier, since what is shared are types of the JDK alone: which
 * modules have staged, and the directories whose files say what.
 */
final class ReactorBarrier {
    private static final String STAGED = "ecr-maven-plugin.staged";
    private static final String IMAGE = "ecr-maven-plugin.image.";
    private static final String VERSION = "ecr-maven-plugin.version";
    private static final String TWO_OF_A_MODULE = "push one image from each module, or set ecr.publishAt to goal";
    private static final String TWO_OF_A_NAME =
            "give each module a repository of its own: ecr.name, in a parent POM with ${project.artifactId} in it";

    /** What is done at the end of a session in which something was staged. */
    interface Ending {
        /** Everything has succeeded: points all tags, or none. Throws if not all are there. */
        void publish(List<Path> staged) throws Exception;

        /** Something has failed: no tag may appear. */
        void abandon(List<Path> staged);
    }

    private ReactorBarrier() {}

    /**
     * Notes that a module has staged its image.
     *
     * @param arrival which module, and what it has staged; arriving twice counts once
     * @param ending what is done at the end; of all that arrive, the first one's is used
     */
    @SuppressWarnings("unchecked")
    static void arrive(MavenSession session, Arrival arrival, Ending ending) throws MojoExecutionException {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            requireOneVersion(shared, arrival);
            Map<String, String> staged = (Map<String, String>) shared.get(STAGED);
            if (staged == null) {
                staged = new LinkedHashMap<>();
                shared.put(STAGED, staged);
                Map<String, String> all = staged;
                SessionEnd.before(session, ended -> end(ended, all, ending));
            }
            staged.put(arrival.module(), arrival.reports().toString());
            requireOneImage(shared, arrival);
        }
    }

    /** Refuses what {@link #arrive} would refuse; nothing is held back, since nothing will be published. */
    static void foresee(MavenSession session, Arrival planned) throws MojoExecutionException {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            requireOneVersion(shared, planned);
            requireOneImage(shared, planned);
        }
    }

    private static void requireOneVersion(Map<String, Object> shared, Arrival arrival) throws MojoExecutionException {
        Object first = shared.putIfAbsent(VERSION, arrival.version());
        if (first != null && !first.equals(arrival.version())) {
            throw new MojoExecutionException("Modules of one build use versions " + first + " and "
                    + arrival.version() + " of ecr-maven-plugin; nothing was tagged\n"
                    + "  cause: the images of a build are published together, by one version\n"
                    + "  to fix: set the version once, in the parent POM's <pluginManagement>");
        }
    }

    private static void requireOneImage(Map<String, Object> shared, Arrival arrival) throws MojoExecutionException {
        requireOneImage(shared, arrival.module(), arrival, TWO_OF_A_MODULE);
        for (String name : arrival.image().names()) {
            requireOneImage(shared, name, arrival, TWO_OF_A_NAME);
        }
    }

    /** Found here already, and not when all has been built: a module must not take another one's name. */
    private static void requireOneImage(Map<String, Object> shared, String name, Arrival arrival, String remedy)
            throws MojoExecutionException {
        String image = arrival.image().reference();
        Object earlier = shared.putIfAbsent(IMAGE + name, Map.entry(image, arrival.module()));
        if (earlier instanceof Map.Entry<?, ?> first && !image.equals(first.getKey())) {
            throw new MojoExecutionException("Two images of " + name + " were staged in one build; nothing was tagged\n"
                    + "  cause: " + first.getKey() + " of " + first.getValue() + ", and " + image + " of "
                    + arrival.module() + "\n"
                    + "  to fix: " + remedy);
        }
    }

    /**
     * A module that has staged its image.
     *
     * @param module what the module is called
     * @param image what it has staged
     * @param reports the directory with the file that says what was staged
     * @param version version of this plugin
     */
    record Arrival(String module, Image image, Path reports, String version) {}

    /**
     * An image that waits for its tags.
     *
     * @param reference repository and digest
     * @param names what it is to be called, repository and tag each
     */
    record Image(String reference, List<String> names) {}

    private static void end(MavenSession session, Map<String, String> staged, Ending ending) {
        List<Path> reports = staged.values().stream().map(Path::of).toList();
        try {
            if (session.getResult().hasExceptions()) {
                ending.abandon(reports);
            } else {
                ending.publish(reports);
            }
        } catch (Throwable e) {
            fail(session, staged, e);
        }
    }

    /**
     * Not as a {@code LifecycleExecutionException}: for that, Maven would suggest to resume with one module, which
     * would publish a part of the build.
     */
    private static void fail(MavenSession session, Map<String, String> staged, Throwable e) {
        session.getResult().addException(e);
        Announcements.failed(session, e);
        MavenProject failed = session.getProjects().stream()
                .filter(project -> staged.containsKey(key(project)))
                .reduce((first, second) -> second)
                .orElseGet(session::getTopLevelProject);
        session.getResult().addBuildSummary(new BuildFailure(failed, 0, e));
    }

    /** Tells whether a module has staged its image in this session. */
    static boolean isWaiting(MavenSession session, String module) {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            return shared.get(STAGED) instanceof Map<?, ?> staged && staged.containsKey(module);
        }
    }

    /** Returns what a module is called at the barrier. */
    static String key(MavenProject project) {
        return project.getGroupId() + ":" + project.getArtifactId();
    }
}
