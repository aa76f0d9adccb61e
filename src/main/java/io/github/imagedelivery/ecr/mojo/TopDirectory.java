package io.github.imagedelivery.ecr.mojo;

import java.io.File;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;

/** The top directory of a build, the same whichever of its modules {@code -pl} selects. */
final class TopDirectory {
    private TopDirectory() {}

    /** Returns the directory with {@code .mvn}, or that of the POM that Maven was started with. */
    static Path of(MavenSession session) {
        File directory = session.getRequest().getMultiModuleProjectDirectory();
        return directory == null ? session.getTopLevelProject().getBasedir().toPath() : directory.toPath();
    }

    /** Returns where it is written what became of the build as a whole. */
    static Path reports(MavenSession session) {
        return of(session).resolve("target/ecr");
    }
}
