package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.artifact.Artifact;

/**
 * Decides in which layer a library lies and what it is called there: by its coordinates and the POMs that the module is
 * made of. What else is built, and from where, has no part in it.
 */
final class LibraryOrigins {
    private final SourceTree siblings;
    private final Set<String> inherited;
    private final List<LibraryPattern> named;

    private LibraryOrigins(SourceTree siblings, Set<String> inherited, List<LibraryPattern> named) {
        this.siblings = siblings;
        this.inherited = inherited;
        this.named = named;
    }

    /** Reads the POMs around the goal's module. */
    static LibraryOrigins of(ImageParameters goal) throws DeliveryException {
        return new LibraryOrigins(
                SourceTree.around(goal.project, goal.session, goal.models),
                new SharedDependencies(goal.session, goal.resolver).of(goal.project),
                named(goal));
    }

    /** Returns the libraries that are named to be shared. */
    static List<LibraryPattern> named(SharingParameters goal) throws DeliveryException {
        return LibraryPattern.all("ecr.sharedDependencies", goal.sharedDependencies);
    }

    /**
     * Returns the library as it goes into an image. A module's jar has the name that it has in a repository: in
     * {@code target} it may have another one.
     */
    Library library(Artifact artifact, Path jar) {
        return siblings.has(artifact)
                ? new Library(deployedName(artifact), jar, origin(artifact))
                : new Library(jar, origin(artifact));
    }

    private Origin origin(Artifact artifact) {
        if (named.stream().anyMatch(pattern -> pattern.matches(artifact))) {
            return Origin.SHARED;
        }
        if (siblings.has(artifact)) {
            return Origin.PROJECT;
        }
        if (artifact.isSnapshot()) {
            return Origin.SNAPSHOT;
        }
        return inherited.contains(SharedDependencies.key(RepositoryUtils.toArtifact(artifact)))
                ? Origin.SHARED
                : Origin.RELEASE;
    }

    private static String deployedName(Artifact artifact) {
        String classifier = artifact.hasClassifier() ? "-" + artifact.getClassifier() : "";
        return artifact.getArtifactId() + "-" + artifact.getBaseVersion() + classifier + "."
                + artifact.getArtifactHandler().getExtension();
    }
}
