package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.local.DirectoryInUseException;
import io.github.imagedelivery.ecr.local.LocalEcr;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Serves an embedded ECR on loopback until it is stopped with Ctrl-C: the ECR API, the registry, STS and a page for the
 * browser on one port. Prints the variables that lead this plugin, the AWS command line and any AWS SDK there.
 *
 * <p>What is pushed is kept as one OCI image layout for each repository, which {@code skopeo}, {@code podman} and
 * {@code oras} read. A push to a repository that is not there creates it.
 *
 * @since 0.1.0
 */
@Mojo(name = "local", requiresProject = false, aggregator = true, threadSafe = true)
public final class LocalMojo extends AbstractMojo {
    /**
     * Port on 127.0.0.1; 0 for any free one.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.local.port", defaultValue = "5050")
    int port;

    /**
     * Directory that the images are kept in. Default: {@code target/ecr/registry} of the top directory, where
     * {@code -Decr.registry=local} keeps them as well.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.local.storage")
    @Nullable
    File storage;

    /**
     * Account that the registry pretends to belong to, 12 digits.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.local.account", defaultValue = "000000000000")
    String account;

    /**
     * Region that the registry pretends to be in.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.local.region", defaultValue = "us-east-1")
    String region;

    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true)
    MavenSession session;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Path directory = directory();
        try (LocalEcr ecr = start(directory)) {
            new GoalLog(getLog()).introduce(ecr, directory);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DeliveryException e) {
            throw Failures.of(e);
        } catch (IOException e) {
            throw new MojoExecutionException("The embedded ECR did not stop cleanly: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw Failures.unexpected(e);
        }
    }

    /** Returns where the images are kept. */
    Path directory() {
        if (storage != null) {
            return storage.toPath();
        }
        // Without a POM, the build directory is that of a project that is nowhere.
        Path target = project.getFile() == null
                ? Path.of(session.getExecutionRootDirectory(), "target")
                : Path.of(project.getBuild().getDirectory());
        return target.resolve("ecr/registry");
    }

    /** Signatures are checked against both: what no AWS account or region can be would fail every request. */
    private void check() throws DeliveryException {
        Problems problems = new Problems();
        if (!account.matches("[0-9]{12}")) {
            problems.add(Parameters.wrong("ecr.local.account", account, "12 digits"));
        }
        if (!region.matches("[a-z]{2,4}(?:-[a-z]{1,12}){1,3}-[0-9]{1,2}")) {
            problems.add(Parameters.wrong("ecr.local.region", region, "the id of a region, for example eu-west-1"));
        }
        problems.raise();
    }

    private LocalEcr start(Path directory) throws DeliveryException {
        check();
        try {
            return LocalEcr.builder()
                    .port(port)
                    .storage(directory)
                    .account(account)
                    .region(region)
                    .createOnPush(true)
                    .start();
        } catch (DirectoryInUseException e) {
            throw SharedEcr.inUse(e);
        } catch (IOException | IllegalArgumentException e) {
            throw DeliveryException.ofUser(
                    "The embedded ECR cannot be started on port " + port,
                    e,
                    "choose a free port with -Decr.local.port, and a writable directory with -Decr.local.storage");
        }
    }
}
