package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one tool has for itself while it is compared: a working copy, caches and repositories. */
final class Lane {
    private final Tool tool;
    private final Shape shape;
    private final Maven maven;
    private final Path directory;
    private final Project project;
    private int revision;
    private int pushes;
    private boolean pushed;
    private String baseInCache = "";

    private Lane(Tool tool, Shape shape, Maven maven, Path directory, Project project) {
        this.tool = tool;
        this.shape = shape;
        this.maven = maven;
        this.directory = directory;
        this.project = project;
    }

    static Lane open(Tool tool, Shape shape, Maven maven, Path work) throws IOException, InterruptedException {
        Path directory = work.resolve(shape + "-" + tool);
        Project.delete(directory);
        return new Lane(tool, shape, maven, directory, Project.write(directory.resolve("project"), shape));
    }

    Shape shape() {
        return shape;
    }

    Tool tool() {
        return tool;
    }

    /** Returns the working copy. */
    Path directory() {
        return project.directory();
    }

    /** Fills caches and the repository as far as the situation has them full. */
    void prepare(Situation situation, Way way) throws IOException, InterruptedException, FormatException {
        if (situation.before() == Situation.Before.PUSHED && !pushed) {
            create(way, repository());
            push(order(situation, repository()), maven, way);
            pushed = true;
        } else if (!knowsBase(situation)) {
            push(order(situation, newRepository(way)), maven, way);
        }
    }

    private boolean knowsBase(Situation situation) {
        return situation.machine() == Situation.Machine.FRESH || baseInCache.equals(situation.base());
    }

    /** Makes the situation and measures the build in it. */
    MavenRun measure(Situation situation, Way way) throws IOException, InterruptedException, FormatException {
        boolean intoEmpty = situation.before() == Situation.Before.EMPTY;
        String repository = intoEmpty ? newRepository(way) : repository();
        pushes++;
        if (situation.machine() != Situation.Machine.WARM) {
            project.clean();
        }
        if (situation.machine() == Situation.Machine.FRESH) {
            Project.delete(cache());
        }
        if (situation.change() == Situation.Change.CLASS) {
            revision++;
            project.change(revision);
        }
        return push(order(situation, repository), maven, way)
                .withImageBytes(intoEmpty ? imageBytes(way.registry(), repository) : 0);
    }

    /** Returns the classes that Maven loads to find nothing to do. */
    LoadedClasses classes(Way way) throws IOException, InterruptedException, FormatException {
        prepare(Situation.NO_CHANGE, way);
        Path list = directory.resolve("classes.log");
        push(order(Situation.NO_CHANGE, repository()), maven.listing(list), way);
        return LoadedClasses.read(list);
    }

    private Order order(Situation situation, String repository) {
        boolean tags = situation.change() == Situation.Change.TAGS;
        String version = "1." + revision + (tags ? "." + pushes : "");
        String release = tags ? "release-" + pushes : "";
        return new Order(situation, repository, version, "commit-" + revision, release);
    }

    private MavenRun push(Order order, Maven mvn, Way way) throws IOException, InterruptedException, FormatException {
        RegistryHandle registry = way.registry();
        MavenRun run = mvn.run(project.directory(), tool.arguments(order, registry, cache()), way);
        baseInCache = order.situation().base();
        for (String repository : shape.repositories(order.repository())) {
            if (!registry.tags(repository).contains(order.version())) {
                throw new IOException(tool + " has not written the tag " + order.version() + " into " + repository);
            }
        }
        return run;
    }

    private long imageBytes(RegistryHandle registry, String name) throws IOException {
        Map<String, Long> blobs = new HashMap<>();
        for (String repository : shape.repositories(name)) {
            blobs.putAll(registry.blobs(repository));
        }
        return blobs.values().stream().mapToLong(Long::longValue).sum();
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    /** Returns the repository that has the image of the build before. */
    private String repository() {
        return directory.getFileName() + "/pushed";
    }

    private String newRepository(Way way) throws IOException {
        pushes++;
        String name = directory.getFileName() + "/new-" + pushes;
        create(way, name);
        return name;
    }

    private void create(Way way, String name) throws IOException {
        List<String> repositories = shape.repositories(name);
        for (String repository : repositories) {
            way.registry().createRepository(repository);
        }
    }
}
