package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.ci.RemoteUrl;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.LastRun;
import io.github.imagedelivery.ecr.delivery.Module;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import io.github.imagedelivery.ecr.image.JavaApplication;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** A goal that stages the image of a module, and then does something with it. */
abstract class StagingMojo extends ImageParameters {
    private static final String COMMAND_LINE = "default-cli";
    static final Set<String> FOR_A_SERVER = Set.of("war", "ear");

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Announcements.watch(session, reportDirectory.toPath(), getLog());
        Announcements.run(session, this::run);
    }

    private void run() throws MojoExecutionException, MojoFailureException {
        try {
            MavenDeliveryLog log = new MavenDeliveryLog(getLog());
            Optional<LastRun> last = forgetEarlierBuild();
            Optional<String> reason = reasonToSkip();
            if (reason.isPresent()) {
                log.skipped(project.getArtifactId(), reason.get());
                return;
            }
            Optional<JavaApplication> application = application(log);
            if (application.isPresent()) {
                stage(module(application.get()), last, log);
            } else {
                log.skipped(project.getArtifactId(), "it has no main class, so there is no application in it");
            }
        } catch (DeliveryException e) {
            throw Failures.of(e);
        } catch (RuntimeException e) {
            throw Failures.unexpected(e);
        }
    }

    /** What another execution of this session has staged is still to be published. */
    private Optional<LastRun> forgetEarlierBuild() throws DeliveryException {
        return ReactorBarrier.isWaiting(session, ReactorBarrier.key(project))
                ? Optional.empty()
                : Delivery.forget(reportDirectory.toPath());
    }

    private Optional<String> reasonToSkip() throws DeliveryException {
        if (skip) {
            return Optional.of("ecr.skip is set");
        }
        String packaging = project.getPackaging();
        if (FOR_A_SERVER.contains(packaging)) {
            if (isMeant()) {
                throw forAServer();
            }
            return Optional.of("its packaging is " + packaging + ", which an application server runs");
        }
        return packaging.equals("pom") ? Optional.of("its packaging is pom") : Optional.empty();
    }

    private DeliveryException forAServer() {
        String packaging = project.getPackaging();
        return DeliveryException.ofUser(
                "There is no image of a " + packaging + "; nothing was sent",
                "the packaging of " + project.getArtifactId() + " is " + packaging
                        + ", which an application server runs",
                "make it packaging jar with a main class and an embedded server, or set ecr.skip");
    }

    private Optional<JavaApplication> application(MavenDeliveryLog log) throws DeliveryException {
        Optional<JavaApplication> application = new ApplicationReader(project, session, log)
                .read(Parameters.text(mainClass).filter(Parameters::isResolved));
        if (application.isEmpty() && isMeant()) {
            throw noApplication();
        }
        return application;
    }

    private void stage(Module module, Optional<LastRun> last, MavenDeliveryLog log)
            throws DeliveryException, MojoExecutionException {
        new SecretRule(Parameters.list(allowedSecrets), log).check(module);
        Delivery delivery = Wiring.of(this, new BaseParameters(this).bases(Environment.of(session)))
                .delivery(log);
        StagedImage staged = delivery.stage(module, last, log::completed);
        deliver(staged, delivery, log);
        if (Parameters.isLocal(this)) {
            log.lookAtIt(staged, SharedEcr.storage(session));
        }
        project.getProperties().setProperty("ecr.image", staged.uri() + "@" + staged.digest());
        project.getProperties().setProperty("ecr.digest", staged.digest().toString());
    }

    /** Does what the goal is for with an image whose content is in its repository. */
    abstract void deliver(StagedImage staged, Delivery delivery, MavenDeliveryLog log)
            throws DeliveryException, MojoExecutionException;

    private Module module(JavaApplication application) throws DeliveryException {
        Parameters parameters = new Parameters(this);
        parameters.check();
        CoordinateSettings coordinates = new CoordinateParameters(this).settings();
        ContainerParameters container = new ContainerParameters(this);
        return new Module(
                project.getArtifactId(),
                coordinates,
                new CreationParameters(this).settings(coordinates),
                new PublishParameters(this).policy(),
                BaseName.of(
                        new BaseParameters(this).from(),
                        application.javaRelease(),
                        project.getBasedir().toPath()),
                parameters.platform(),
                application,
                container.settings(),
                container.labels(),
                parameters.created(),
                source(),
                reportDirectory.toPath());
    }

    /** Returns what the module's own POM says: to an inherited URL, Maven has appended the artifactId. */
    Optional<String> source() {
        return Optional.ofNullable(project.getOriginalModel().getScm())
                .flatMap(scm -> Parameters.text(scm.getUrl()))
                .flatMap(RemoteUrl::https);
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
