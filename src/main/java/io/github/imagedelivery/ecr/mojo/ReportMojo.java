package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.BuildReport;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Makes one page of what became of all images of a build, {@code target/ecr/report.html} of the top directory, from the
 * {@code target/ecr/push.json} that each module has: the table of services, the timeline of the run, and for each image
 * its names, layers and changes. A build that pushes several images writes it at its end; this goal makes it again, also
 * from reports that several builds have left. Asks nothing of AWS: {@code mvn ecr:report}.
 *
 * @since 0.1.0
 */
@Mojo(name = "report", aggregator = true, requiresOnline = false, threadSafe = true)
public final class ReportMojo extends AbstractMojo {
    @Parameter(defaultValue = "${session}", readonly = true)
    MavenSession session;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            run();
        } catch (DeliveryException e) {
            throw Failures.of(e);
        } catch (RuntimeException e) {
            throw Failures.unexpected(e);
        }
    }

    private void run() throws DeliveryException {
        List<Path> reports =
                session.getProjects().stream().map(LeftBehind::reports).toList();
        Path directory = TopDirectory.reports(session);
        int images = write(reports, directory);
        if (images == 0) {
            throw DeliveryException.ofUser(
                    "There is nothing to report",
                    "no module of this build has a target/ecr/push.json",
                    "run mvn deploy in the same working directory first, without a clean in between");
        }
        new GoalLog(getLog()).reported(images, directory.resolve("report.html"));
    }

    private static int write(List<Path> reports, Path directory) throws DeliveryException {
        try {
            return BuildReport.write(reports, directory);
        } catch (IOException e) {
            throw DeliveryException.ofUser("The page cannot be written", e, "make " + directory + " writable");
        }
    }
}
