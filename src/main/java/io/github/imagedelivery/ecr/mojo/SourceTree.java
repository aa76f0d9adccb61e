package io.github.imagedelivery.ecr.mojo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.io.ModelReader;
import org.apache.maven.project.MavenProject;

/**
 * The modules that are developed together with one module. They are found on disk, from the module upwards, and not among
 * what Maven builds: so they are the same in a build of everything, of a selection, and in the module's own directory.
 */
final class SourceTree {
    private static final String READ = "ecr-maven-plugin.modules ";

    private final MavenProject project;
    private final Set<String> modules;

    private SourceTree(MavenProject project, Set<String> modules) {
        this.project = project;
        this.modules = Set.copyOf(modules);
    }

    /** Reads the tree around a module; each POM once in a session. */
    static SourceTree around(MavenProject project, MavenSession session, ModelReader reader) {
        Set<String> modules = new HashSet<>();
        for (Path root : roots(project)) {
            modules.addAll(below(root, session, reader));
        }
        return new SourceTree(project, modules);
    }

    /** Returns the POMs above a module whose modules count: all parents, and that of the directory with {@code .mvn}. */
    private static Set<Path> roots(MavenProject project) {
        Set<Path> roots = new LinkedHashSet<>();
        for (MavenProject pom = project; pom != null; pom = pom.getParent()) {
            if (pom.getFile() != null) {
                roots.add(pom.getFile().toPath().toAbsolutePath().normalize());
            }
        }
        Path directory = project.getBasedir().toPath().toAbsolutePath().normalize();
        while (directory != null && !Files.isDirectory(directory.resolve(".mvn"))) {
            directory = directory.getParent();
        }
        Optional.ofNullable(directory).ifPresent(top -> roots.add(top.resolve("pom.xml")));
        return roots;
    }

    @SuppressWarnings("unchecked")
    private static Set<String> below(Path root, MavenSession session, ModelReader reader) {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            return (Set<String>) shared.computeIfAbsent(READ + root, key -> read(root, reader));
        }
    }

    private static Set<String> read(Path root, ModelReader reader) {
        Set<String> found = new HashSet<>();
        Set<Path> seen = new HashSet<>(Set.of(root));
        Deque<Path> left = new ArrayDeque<>(Set.of(root));
        while (!left.isEmpty()) {
            PomFile.read(left.remove(), reader).ifPresent(pom -> {
                found.add(pom.coordinates());
                pom.modules().stream().filter(seen::add).forEach(left::add);
            });
        }
        return found;
    }

    /**
     * Tells whether a library is one of the modules. A version that a POM leaves to an expression is that of this module;
     * and what has both groupId and version of this module is taken for a module too, wherever its POM lies.
     */
    boolean has(Artifact library) {
        String name = library.getGroupId() + ":" + library.getArtifactId() + ":";
        String version = library.getBaseVersion();
        boolean isOfThisVersion = version.equals(project.getVersion());
        return modules.contains(name + version)
                || (isOfThisVersion && library.getGroupId().equals(project.getGroupId()))
                || (isOfThisVersion && modules.stream().anyMatch(module -> module.startsWith(name + "${")));
    }
}
