package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** What one tool has for itself while it is compared: a working copy, caches and repositories. */
final class Lane {
    private final Tool tool;
    private final Maven maven;
    private final RegistryHandle registry;
    private final Project project;
    private final Path cache;
    private int revision;
    private int pushes;

    private Lane(Tool tool, Maven maven, RegistryHandle registry, Project project, Path cache) {
        this.tool = tool;
        this.maven = maven;
        this.registry = registry;
        this.project = project;
        this.cache = cache;
    }

    static Lane open(Tool tool, Shape shape, Maven maven, RegistryHandle registry, Path work)
            throws IOException, InterruptedException {
        Path directory = work.resolve(shape + "-" + tool);
        Project.delete(directory);
        Project project = Project.write(directory.resolve("project"), shape);
        return new Lane(tool, maven, registry, project, directory.resolve("cache"));
    }

    Tool tool() {
        return tool;
    }

    /** Fills the caches, and the repository where the situation has it full. */
    void prepare(Situation situation) throws IOException, InterruptedException, FormatException {
        registry.createRepository(repository(situation));
        push(order(situation, repository(situation)));
    }

    /** Makes the situation and measures the build in it. */
    MavenRun measure(Situation situation) throws IOException, InterruptedException, FormatException {
        pushes++;
        String repository = repository(situation);
        if (situation.before() == Situation.Before.EMPTY) {
            repository += "/" + pushes;
            registry.createRepository(repository);
        }
        if (situation.machine() != Situation.Machine.WARM) {
            project.clean();
        }
        if (situation.machine() == Situation.Machine.FRESH) {
            Project.delete(cache);
        }
        if (situation.change() == Situation.Change.CLASS) {
            revision++;
            project.change(revision);
        }
        return push(order(situation, repository));
    }

    private Order order(Situation situation, String repository) {
        boolean tags = situation.change() == Situation.Change.TAGS;
        String version = "1." + revision + (tags ? "." + pushes : "");
        String release = tags ? "release-" + pushes : "";
        return new Order(repository, situation.base(), version, "commit-" + revision, release);
    }

    private MavenRun push(Order order) throws IOException, InterruptedException, FormatException {
        MavenRun run = maven.run(project.directory(), tool.arguments(order, registry, cache), registry);
        if (!registry.tags(order.repository()).contains(order.version())) {
            throw new IOException(tool + " has not written the tag " + order.version());
        }
        return run;
    }

    private String repository(Situation situation) {
        return project.directory().getParent().getFileName() + "/"
                + situation.name().toLowerCase(Locale.ROOT);
    }
}
