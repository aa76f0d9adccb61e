package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Module;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import io.github.imagedelivery.ecr.image.JavaApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Builds the image of a module and publishes it to Amazon ECR under two tags, the Git SHA and the version: both or
 * neither. Needs no Docker. Modules without an application (parents, libraries) are skipped.
 *
 * <p>Every parameter can be inherited from a parent POM. Set them there by {@code <properties>}: what a POM's
 * {@code <configuration>} says cannot be overridden with {@code -D}.
 */
@Mojo(
        name = "push",
        defaultPhase = LifecyclePhase.DEPLOY,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class PushMojo extends ImageParameters {
    private static final String COMMAND_LINE = "default-cli";

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            Optional<String> reason = reasonToSkip();
            if (reason.isPresent()) {
                skipped(reason.get());
                return;
            }
            Parameters parameters = new Parameters(this);
            Optional<JavaApplication> application =
                    new ApplicationReader(project, session).read(Parameters.text(mainClass));
            if (application.isPresent()) {
                push(module(parameters, application.get()));
            } else if (isMeant()) {
                throw noApplication();
            } else {
                skipped("it has no main class, so there is no application in it");
            }
        } catch (DeliveryException e) {
            throw Failures.of(e);
        }
    }

    private Optional<String> reasonToSkip() {
        if (skip) {
            return Optional.of("ecr.skip is set");
        }
        return project.getPackaging().equals("pom") ? Optional.of("its packaging is pom") : Optional.empty();
    }

    private void skipped(String reason) {
        getLog().info(project.getArtifactId() + ": no image, since " + reason);
    }

    private void push(Module module) throws DeliveryException, MojoExecutionException, MojoFailureException {
        MavenDeliveryLog log = new MavenDeliveryLog(getLog());
        Delivery delivery = Wiring.of(session, this).delivery(log);
        StagedImage staged = delivery.stage(module, log::completed);
        SessionEnding ending = new SessionEnding(delivery, log);
        if (new Parameters(this).publishesAtOnce()) {
            SessionEnding.require(delivery.publish(List.of(staged)));
        } else {
            delivery.note(staged);
            String version = execution.getMojoDescriptor().getPluginDescriptor().getVersion();
            ReactorBarrier.arrive(
                    session,
                    new ReactorBarrier.Arrival(ReactorBarrier.key(project), staged.reports(), version),
                    ending);
            log.waiting(staged);
        }
        if (new Parameters(this).isLocal()) {
            log.lookAtIt(staged, SharedEcr.storage(session));
        }
        project.getProperties().setProperty("ecr.image", staged.uri() + "@" + staged.digest());
        project.getProperties().setProperty("ecr.digest", staged.digest().toString());
    }

    private Module module(Parameters parameters, JavaApplication application) throws DeliveryException {
        return new Module(
                project.getArtifactId(),
                parameters.coordinates(),
                BaseName.of(
                        Parameters.text(from),
                        application.javaRelease(),
                        project.getBasedir().toPath()),
                parameters.platform(),
                application,
                parameters.container(),
                parameters.labels(),
                parameters.created(),
                Optional.ofNullable(project.getScm()).flatMap(scm -> Parameters.text(scm.getUrl())),
                reportDirectory.toPath());
    }

    /** Tells whether this very module was asked for, rather than every module below a parent. */
    private boolean isMeant() {
        boolean alone = session.getProjects().size() == 1;
        boolean declaredHere = project.getOriginalModel().getBuild() != null
                && project.getOriginalModel()
                        .getBuild()
                        .getPluginsAsMap()
                        .containsKey(execution.getPlugin().getKey());
        return declaredHere || (alone && execution.getExecutionId().equals(COMMAND_LINE));
    }

    private DeliveryException noApplication() {
        Path classes = Path.of(project.getBuild().getOutputDirectory());
        return DeliveryException.ofUser(
                "There is no application to put into an image; nothing was sent",
                "no class in " + project.getBasedir().toPath().relativize(classes) + " has a main method",
                "run \"mvn package ecr:push\" if it is not compiled yet, name the class with -Decr.mainClass,"
                        + " or set ecr.skip for a library");
    }
}
