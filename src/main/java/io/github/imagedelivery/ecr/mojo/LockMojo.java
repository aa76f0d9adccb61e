package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.LockFile;
import io.github.imagedelivery.ecr.delivery.LockedBase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes the lock file of base images: for the base of every module the digest that its tag stands for now, and that of
 * each platform. Builds keep to it until this goal is run again. Compiles nothing, builds nothing and changes no
 * registry.
 *
 * @since 0.1.0
 */
@Mojo(name = "lock", aggregator = true, threadSafe = true)
public final class LockMojo extends SessionGoal {
    /**
     * Says what would change in the lock file, and writes nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.dryRun", defaultValue = "false")
    boolean dryRun;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Announcements.begin(session, new GoalLog(getLog()));
        Announcements.run(session, this::run);
    }

    private void run() throws DeliveryException {
        for (Map.Entry<Path, LockFile> file : files().entrySet()) {
            update(file.getKey(), file.getValue());
        }
    }

    /** Resolves all bases, by the file that they are to be locked in; nothing is written unless all are found. */
    private Map<Path, LockFile> files() throws DeliveryException {
        Map<Path, LockFile> files = new TreeMap<>();
        Problems problems = new Problems();
        for (Target target : SessionTargets.of(session, execution)) {
            if (!target.isSkipped()) {
                problems.collect(() -> files.merge(file(target), locked(target), LockFile::with));
            }
        }
        problems.raise();
        if (files.isEmpty()) {
            throw DeliveryException.ofUser(
                    "There is no base image to lock",
                    "no module of this build makes an image",
                    "run mvn ecr:lock in the directory of the project whose modules ecr:push is bound in");
        }
        return files;
    }

    private static Path file(Target target) throws DeliveryException {
        return new BaseParameters(target.parameters()).lock().file();
    }

    @SuppressWarnings("UnnecessaryAssignment") // Maven injects into the goals alone that it makes itself
    private LockFile locked(Target target) throws DeliveryException {
        PushMojo goal = target.parameters();
        goal.setLog(getLog());
        goal.decrypter = decrypter;
        new Parameters(goal).check();
        String module = target.project().getArtifactId();
        if (new PrebuiltReader(goal).isAsked()) {
            new GoalLog(getLog()).noBase(module, "another tool builds the image of ecr.image");
            return LockFile.EMPTY;
        }
        if (Parameters.text(goal.from).isEmpty() && !Candidates.isApplication(target)) {
            new GoalLog(getLog()).noBase(module, "it is a library, as it seems");
            return LockFile.EMPTY;
        }
        Optional<String> base = Candidates.base(target);
        if (base.isEmpty()) {
            throw DeliveryException.ofUser(
                    "The base image of " + module + " is not known before it is compiled; nothing was written",
                    "its POM has neither ecr.from nor the property maven.compiler.release, which the default follows",
                    "set one of them");
        }
        return resolve(goal, module, base.get());
    }

    private LockFile resolve(PushMojo goal, String module, String base) throws DeliveryException {
        MavenDeliveryLog log = new MavenDeliveryLog(getLog());
        Optional<LockedBase> locked = Wiring.of(goal, new BaseParameters(goal).bases(Environment.of(session)))
                .bases()
                .resolve(base, log::completed);
        log.locked(module, base, locked);
        return locked.map(found -> new LockFile(Map.of(base, found))).orElse(LockFile.EMPTY);
    }

    private void update(Path file, LockFile resolved) throws DeliveryException {
        Optional<LockFile> before = LockFile.read(file);
        LockFile old = before.orElse(LockFile.EMPTY);
        LockFile updated = isWhole() ? resolved : resolved.with(old);
        List<String> changes = old.changesTo(updated);
        GoalLog log = new GoalLog(getLog());
        log.lockChanges(changes);
        if (changes.isEmpty() && before.isPresent()) {
            log.lockUpToDate(file);
        } else if (dryRun) {
            log.lockNotWritten(file);
        } else {
            updated.write(file);
            log.lockWritten(file);
        }
    }

    /** With {@code -pl}, and below the top directory, nothing is said of the bases of the other modules. */
    private boolean isWhole() {
        Path started = session.getTopLevelProject().getBasedir().toPath();
        return session.getProjects().size() == session.getAllProjects().size()
                && started.normalize().equals(TopDirectory.of(session).normalize());
    }
}
