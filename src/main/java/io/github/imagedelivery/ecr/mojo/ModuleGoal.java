package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Making;
import io.github.imagedelivery.ecr.delivery.Module;
import io.github.imagedelivery.ecr.delivery.Prebuilt;
import io.github.imagedelivery.ecr.delivery.Recipe;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** A goal that makes the image of a module: of one that has an application, where it is not skipped. */
abstract class ModuleGoal extends OutputParameters {
    private static final String COMMAND_LINE = "default-cli";
    static final Set<String> FOR_A_SERVER = Set.of("ear");

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Announcements.run(session, this::run);
    }

    private void run() throws DeliveryException, MojoExecutionException {
        MavenDeliveryLog log = new MavenDeliveryLog(getLog());
        begin();
        Optional<String> reason = reasonToSkip();
        if (reason.isPresent()) {
            log.skipped(project.getArtifactId(), reason.get());
            return;
        }
        new JibElements(this).spread();
        Optional<Module> module = module(log);
        if (module.isPresent()) {
            new SecretRule(Parameters.list(allowedSecrets), log).check(module.get());
            make(module.get(), log);
        } else {
            log.skipped(project.getArtifactId(), "it has no main class, so there is no application in it");
        }
    }

    /** Puts away what an earlier build has left, also where this module makes no image. */
    abstract void begin() throws DeliveryException;

    /** Makes the image, and does with it what the goal is for. */
    abstract void make(Module module, MavenDeliveryLog log) throws DeliveryException, MojoExecutionException;

    /** Returns a delivery that finds base images as the parameters say. */
    Delivery delivery(MavenDeliveryLog log) throws DeliveryException {
        return wiring().delivery(log, SessionProgress.of(this));
    }

    /** Returns the session's wiring, with base images as the parameters say. */
    Wiring wiring() throws DeliveryException {
        return Wiring.of(this, new BaseParameters(this).bases(Environment.of(session)));
    }

    private Optional<String> reasonToSkip() throws DeliveryException {
        if (skip) {
            return Optional.of("ecr.skip is set");
        }
        String packaging = project.getPackaging();
        PrebuiltReader prebuilt = new PrebuiltReader(this);
        if (prebuilt.isAsked()) {
            return prebuilt.isForModules()
                    ? Optional.of("its packaging is pom, and ecr.image is there for its modules")
                    : Optional.empty();
        }
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
                "There is no image of packaging " + packaging + "; nothing was sent",
                "the packaging of " + project.getArtifactId() + " is " + packaging
                        + ", which an application server runs",
                "make images of its web modules (packaging war) instead, or set ecr.skip");
    }

    private Optional<Module> module(MavenDeliveryLog log) throws DeliveryException {
        PrebuiltReader prebuilt = new PrebuiltReader(this);
        if (prebuilt.isAsked()) {
            Problems problems = new Problems();
            Optional<Prebuilt> read = problems.collect(() -> prebuilt.read(log));
            problems.collect(this::check);
            problems.raise();
            return Optional.of(module(read.orElseThrow()));
        }
        Optional<ModuleApplication> application = application(log);
        return application.isEmpty() ? Optional.empty() : Optional.of(module(application.get()));
    }

    /** Returns the application; empty for a library. Where it cannot be read, all that is wrong is told at once. */
    private Optional<ModuleApplication> application(MavenDeliveryLog log) throws DeliveryException {
        Problems problems = new Problems();
        Optional<Optional<ModuleApplication>> read = problems.collect(() -> new KindReader(this, log).read());
        if (read.isEmpty()) {
            problems.collect(() -> new Parameters(this).check());
        }
        problems.raise();
        if (read.filter(Optional::isEmpty).isPresent() && isMeant()) {
            throw noApplication();
        }
        return read.orElseThrow();
    }

    /** Returns the module as its parameters describe it; they are refused where they cannot be used. */
    Module module(ModuleApplication application) throws DeliveryException {
        return module(recipe(application, check()));
    }

    private Parameters check() throws DeliveryException {
        JibProperties.refuse(session, to != null);
        Problems problems = new Problems();
        problems.collect(() -> ImageFiles.requireResolved(this));
        Optional<Parameters> parameters = problems.collect(() -> new Parameters(this).check());
        problems.raise();
        if (JibRefusals.asksForDockersFormat(this)) {
            new GoalLog(getLog()).dockersFormat(project.getArtifactId());
        }
        return parameters.orElseThrow();
    }

    private Module module(Making making) throws DeliveryException {
        CoordinateSettings coordinates = new CoordinateParameters(this).settings();
        return new Module(
                project.getArtifactId(),
                coordinates,
                new CreationParameters(this).settings(coordinates),
                new PublishParameters(this).policy(),
                making,
                reportDirectory.toPath());
    }

    private Recipe recipe(ModuleApplication application, Parameters parameters) throws DeliveryException {
        ContainerParameters container = new ContainerParameters(this);
        return new Recipe(
                BaseName.of(
                        Parameters.text(from).or(application::base),
                        application.javaRelease(),
                        project.getBasedir().toPath()),
                parameters.platforms(),
                new FilesReader(this)
                        .around(
                                application.placed(container),
                                project.getBasedir().toPath()),
                container.settings(),
                new Descriptions(project).read(parameters, container),
                new CompressionReader(this).compression(),
                layerReuse);
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
