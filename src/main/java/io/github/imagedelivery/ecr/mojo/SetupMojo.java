package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.setup.Placement;
import io.github.imagedelivery.ecr.setup.SetupFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files with which a CI system pushes without a stored secret: the workflow of GitHub Actions or the
 * pipeline of GitLab CI, the trust policy and the permissions of the role that it assumes, and a guide with the
 * commands that put them in place ({@code ecr-setup/README.md}). Run it once, on the whole reactor:
 * {@code mvn ecr:setup -Decr.registry=123456789012.dkr.ecr.eu-west-2.amazonaws.com}. Asks nothing of AWS or of the CI
 * system, and overwrites nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "setup", aggregator = true, threadSafe = true)
public final class SetupMojo extends AbstractMojo {
    /**
     * Host of the ECR registry, for example {@code 123456789012.dkr.ecr.eu-west-2.amazonaws.com}; account, region and
     * partition are read from it. Default: what the modules that are pushed have configured.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.registry")
    @Nullable
    String registry;

    /**
     * Repository of the only module, where the POM says nothing of this plugin yet, for example {@code shop/orders}.
     * Default: for each module what its POM says, else its artifactId in lower case.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.name")
    @Nullable
    String name;

    /**
     * ARN of the role that the job is to assume. In another account than the registry's, a policy for the repositories
     * is written, too. Default: a role {@code image-delivery} in the registry's account.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.roleArn")
    @Nullable
    String roleArn;

    /**
     * Audience of the job's identity token; the trust policy asks for it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.identityAudience", defaultValue = "sts.amazonaws.com")
    @Nullable
    String identityAudience;

    /**
     * Repository that the images are built from: {@code github.com/OWNER/REPOSITORY} or
     * {@code gitlab.com/GROUP/PROJECT}, in the case that the CI system shows; {@code github.com/OWNER@ID/REPOSITORY@ID}
     * for one with immutable subjects. Default: the remote {@code origin} of the working copy.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.setup.source")
    @Nullable
    String source;

    /**
     * CI system, {@code github} or {@code gitlab}. Default: told by the host of the source repository.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.setup.ci")
    @Nullable
    String ci;

    /**
     * Branch that is published whenever something is merged to it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.setup.branch", defaultValue = "main")
    @Nullable
    String branch;

    /**
     * Deployment environment of GitHub that the job runs in, for example {@code production}. It takes the place of
     * branch and tag in the job's subject, so that the environment's own rules decide what may be published. Default:
     * none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.setup.environment")
    @Nullable
    String environment;

    /**
     * What the role's policies name in place of each repository: the beginning of all names and a {@code *}, for
     * example {@code shop/*}. Default: each repository by its name, which a role can hold for some thirty of them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.setup.pattern")
    @Nullable
    String pattern;

    /**
     * Prints the files in place of writing them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.setup.dryRun", defaultValue = "false")
    boolean dryRun;

    /**
     * Replaces files that are there and differ.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.force", defaultValue = "false")
    boolean force;

    @Parameter(defaultValue = "${session}", readonly = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true)
    MojoExecution execution;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Failures.run(this::setUp);
    }

    private void setUp() throws DeliveryException {
        Path root = SetupReader.root(TopDirectory.of(session));
        List<SetupFile> files = new SetupReader(this, root).files();
        if (dryRun) {
            files.forEach(file -> new GoalLog(getLog()).setupFile(file.path(), file.content()));
        } else {
            write(root, files);
        }
    }

    private void write(Path root, List<SetupFile> files) throws DeliveryException {
        try {
            Placement placement = Placement.of(root, files);
            if (!force && !placement.inTheWay().isEmpty()) {
                throw DeliveryException.ofUser(
                        "Files are in the way; nothing was written",
                        String.join(", ", placement.inTheWay()) + " in " + root + " differ from what would be written",
                        "look at it with -Decr.setup.dryRun and change them by hand, or replace them with -Decr.force");
            }
            new GoalLog(getLog()).setUp(placement.unchanged(), placement.write());
        } catch (IOException e) {
            throw DeliveryException.ofUser(
                    "The files could not all be written",
                    e,
                    "let the directory " + root + " be writable, and run the goal again");
        }
    }
}
