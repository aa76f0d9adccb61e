package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.setup.Destination;
import io.github.imagedelivery.ecr.setup.EcrRegistry;
import io.github.imagedelivery.ecr.setup.Job;
import io.github.imagedelivery.ecr.setup.Role;
import io.github.imagedelivery.ecr.setup.Setup;
import io.github.imagedelivery.ecr.setup.SetupFile;
import io.github.imagedelivery.ecr.setup.SetupFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Turns the parameters of {@code ecr:setup}, the modules and the working copy into the files that are to be written.
 */
final class SetupReader {
    private static final String ROLE = "image-delivery";

    private final SetupMojo raw;
    private final Path root;
    private final Problems problems = new Problems();

    /**
     * Creates a reader.
     *
     * @param root what {@link #root} has found
     */
    SetupReader(SetupMojo raw, Path root) {
        this.raw = raw;
        this.root = root;
    }

    /** Returns the root of the working copy, where CI systems look for their files; the directory if there is none. */
    static Path root(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        for (Path above = absolute; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git"))) {
                return above;
            }
        }
        return absolute;
    }

    /** Returns the files. */
    List<SetupFile> files() throws DeliveryException {
        SetupModules modules = SetupModules.of(raw);
        Optional<Destination> target = problems.collect(modules::destination).flatMap(this::within);
        Optional<Role> role = target.flatMap(found -> role(found.registry()));
        Optional<Job> job = new SetupJob(raw, root, problems).read();
        problems.raise();
        if (!modules.areBound()) {
            new GoalLog(raw.getLog()).notBound();
        }
        Setup setup = new Setup(target.orElseThrow(), job.orElseThrow(), role.orElseThrow(), modules.bases());
        try {
            return SetupFiles.of(setup);
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "There are too many repositories for the policies of a role; nothing was written",
                    e,
                    "name them by the beginning that they share, for example -Decr.setup.pattern='shop/*'");
        }
    }

    private Optional<Destination> within(Destination target) {
        return Parameters.text(raw.pattern)
                .map(text ->
                        problems.read("ecr.setup.pattern", "each repository by its name", () -> target.within(text)))
                .orElse(Optional.of(target));
    }

    private Optional<Role> role(EcrRegistry registry) {
        return Parameters.text(raw.roleArn)
                .map(arn -> problems.read(
                        "ecr.roleArn", "a role " + ROLE, () -> Role.parse(arn).within(registry.partition())))
                .orElseGet(() -> Optional.of(new Role(registry.partition(), registry.account(), "/", ROLE)));
    }
}
