package io.github.imagedelivery.ecr.mojo;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The parameters that say what an image is called and what is in it, for every goal that needs them. */
abstract class ImageParameters extends DescriptionParameters {
    /**
     * Skips the goal for this module.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.skip", defaultValue = "false")
    boolean skip;

    /**
     * Region of your own registry, where {@code ecr.registry} is not set. Default: what the AWS SDK finds
     * ({@code AWS_REGION}, the profile).
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.region")
    @Nullable
    String region;

    /**
     * Repository in the registry, for example {@code shop/orders}. Default: the artifactId in lower case.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.name")
    @Nullable
    String name;

    /**
     * Revision that the image is made of: the full commit id, 40 or 64 hexadecimal digits. Default: the property
     * {@code git.commit.id} if another plugin has set it, else {@code HEAD} of the working copy.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.sha")
    @Nullable
    String sha;

    /** Commit id as git-commit-id-maven-plugin leaves it. */
    @Parameter(defaultValue = "${git.commit.id}", readonly = true)
    @Nullable
    String commitId;

    /** Commit id as git-commit-id-maven-plugin leaves it in its mode "full". */
    @Parameter(defaultValue = "${git.commit.id.full}", readonly = true)
    @Nullable
    String commitIdFull;

    /**
     * Version that the image is tagged with, for example {@code 1.4.0}. A leading {@code v} before a digit is dropped, and
     * {@code +} becomes {@code _}. Default: the project's version when it is a release, else the release tag on the commit
     * ({@code v1.4.0}), else the project's SNAPSHOT version, which is a moving tag.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.version")
    @Nullable
    String version;

    /**
     * What to do when the working copy differs from its commit: {@code refuse}, or {@code suffix} to push under
     * {@code <sha>-dirty} and {@code <version>-dirty}. Default: {@code refuse}, but {@code suffix} for the registry {@code local}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.dirty")
    @Nullable
    String dirty;

    /**
     * What to do when the SHA tag points at another image than the one that this build makes: {@code refuse}, or
     * {@code adopt} to build nothing and publish the image that is there under the version.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.onExistingSha", defaultValue = "refuse")
    @Nullable
    String onExistingSha;

    /**
     * Pushes also in a run for a pull request, which is refused otherwise: its code has been merged by nobody. The head
     * commit of the pull request must be what is checked out, not the merge that some CI systems make of it. The registry
     * {@code local} asks for neither.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.allowPullRequest", defaultValue = "false")
    boolean allowPullRequest;

    /**
     * Version tags that may be pointed at another image: patterns in which {@code *} stands for any characters or none, as
     * in ECR's exclusion filters, for example {@code *-SNAPSHOT,main,feature-*}. All other versions, and every SHA tag, are
     * written once. {@code *} lets released versions move, too. The tags of a dirty working copy ({@code ecr.dirty}) may
     * always move.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.movingVersions", defaultValue = "*-SNAPSHOT")
    @Nullable
    List<String> movingVersions;

    /**
     * What to do about the tags that were written when ECR refuses a later one: {@code auto} takes them back where that
     * harms nobody, or {@code never} deletes nothing, so that the role needs no right to delete. What stays is complete and
     * named with the command that removes it; running again completes it. {@code never} in one module counts for all that
     * are published together.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.undo", defaultValue = "auto")
    @Nullable
    String undo;

    /**
     * What to do when another run has pointed a tag of this one at another image by the time that both are read back:
     * {@code fail} the build, or {@code warn}. The report says {@code SUPERSEDED} either way.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.onSuperseded", defaultValue = "fail")
    @Nullable
    String onSuperseded;

    /**
     * When the tags appear: {@code session}, when everything that this build does in all of its modules has succeeded, or
     * {@code goal}, at once, for a later goal of the same build that needs the published image.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.publishAt", defaultValue = "session")
    @Nullable
    String publishAt;

    /**
     * Base image: a reference with its tag or digest (one without a host is of Docker Hub), a path to an OCI layout
     * directory or to a tar (OCI layout or {@code docker save}), or {@code scratch}. As jib-maven-plugin has it, it may be
     * nested as {@code <from><image>}. Default: the Temurin JRE of the Java release that the module is compiled
     * for, {@code public.ecr.aws/docker/library/eclipse-temurin:<release>-jre}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.from")
    @Nullable
    FromElement from;

    /**
     * Where a login for the registry of the base image is looked for, once that registry asks for one: {@code settings}
     * (a {@code <server>} of settings.xml whose id is the host, encrypted or not), {@code docker} (the files of Docker and
     * Podman, with their credential helpers), {@code auto} (the one, then the other) or {@code none}. A base image in a
     * private ECR registry needs none of them: the plugin logs in there with the credentials of the build.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.base.credentials", defaultValue = "auto")
    @Nullable
    String baseCredentials;

    /**
     * ARN of the role that reads base images in private ECR registries, for example
     * {@code arn:aws:iam::210987654321:role/base-images}. It is assumed with the identity token of the CI job as
     * {@code ecr.roleArn} is; where the build has none, by its AWS credentials. Its session may read the repositories of
     * the bases and nothing else. Default: the credentials that push the image.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.base.roleArn")
    @Nullable
    String baseRoleArn;

    /**
     * Class to start. Default: the main class of maven-jar-plugin's manifest, Spring Boot's {@code start-class}, or the
     * only class of the module that has a main method.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.mainClass")
    @Nullable
    String mainClass;

    /**
     * Command in place of {@code java ... MainClass}, a list; a property is split at commas. Default: start the main class.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.entrypoint")
    @Nullable
    List<String> entrypoint;

    /**
     * Flags for the JVM, each one an element: {@code <jvmFlags><flag>-Xmx1g</flag></jvmFlags>}, or a property that is split
     * at commas, {@code -Decr.jvmFlags=-XX:MaxRAMPercentage=75,-Xss512k}. A flag with a comma in it needs nested elements.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.jvmFlags")
    @Nullable
    List<String> jvmFlags;

    /**
     * Default arguments of the container, each one an element: {@code <args><arg>--port</arg><arg>80</arg></args>}, or a
     * property that is split at commas, {@code -Decr.args=--port,80}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.args")
    @Nullable
    List<String> args;

    /**
     * Environment variables of the container: {@code <environment><NAME>value</NAME></environment>}.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    Map<String, String> environment;

    /**
     * Further environment variables as {@code NAME=value}, so that they can be set by property, comma-separated.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.environment")
    @Nullable
    List<String> environmentVariables;

    /**
     * What may be in the image although it looks like a secret: paths in the image, names of environment variables, labels,
     * annotations and options, in which {@code *} stands for any characters or none, for example
     * {@code /app/resources/certs/*,CSRF_TOKEN}. Anything else that looks like a secret is refused before the build. Default: nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.allowedSecrets")
    @Nullable
    List<String> allowedSecrets;

    /**
     * Ports that the service listens on: {@code 8080}, {@code 53/udp}, {@code 9000-9003}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.ports")
    @Nullable
    List<String> ports;

    /**
     * User that the container runs as. Default: the base image's when that is not root, else {@code 65532:65532}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.user")
    @Nullable
    String user;

    /**
     * Working directory in the container, an absolute path. Default: the base image's.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.workingDirectory")
    @Nullable
    String workingDirectory;

    /**
     * Directory in which manifests and configs of base images are kept by digest between builds. Default:
     * {@code ecr-maven-plugin} in {@code XDG_CACHE_HOME} or in {@code ~/.cache}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.cacheDirectory")
    @Nullable
    File cacheDirectory;

    /** Directory that the reports are written to. */
    @Parameter(defaultValue = "${project.build.directory}/ecr", readonly = true)
    File reportDirectory;

    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;
}
