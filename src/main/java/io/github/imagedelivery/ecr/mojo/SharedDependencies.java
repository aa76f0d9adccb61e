package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.ArtifactTypeRegistry;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.resolution.ArtifactDescriptorPolicy;

/**
 * The libraries that a parent POM gives to every module below it: its {@code <dependencies>} and what these depend on,
 * as they come to in the parent itself. What a module adds or overrides has no part in it, so every module finds the same.
 */
final class SharedDependencies {
    private static final String FOUND = "ecr-maven-plugin.shared ";
    private static final Set<String> AT_RUN_TIME = Set.of("compile", "runtime");

    private final MavenSession session;
    private final RepositorySystem resolver;

    SharedDependencies(MavenSession session, RepositorySystem resolver) {
        this.session = session;
        this.resolver = resolver;
    }

    /** Returns the {@link #key} of each library that the module's parent gives to it; looked for once in a session. */
    @SuppressWarnings("unchecked")
    Set<String> of(MavenProject module) throws DeliveryException {
        MavenProject parent = module.getParent();
        if (parent == null || parent.getDependencies().isEmpty()) {
            return Set.of();
        }
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            if (shared.get(FOUND + parent.getId()) instanceof Set<?> found) {
                return (Set<String>) found;
            }
        }
        Set<String> found = find(parent); // not under the lock: it may take a while
        synchronized (shared) {
            shared.put(FOUND + parent.getId(), found);
        }
        return found;
    }

    /** Returns what tells two libraries apart: all of its coordinates. */
    static String key(Artifact library) {
        return String.join(
                ":",
                library.getGroupId(),
                library.getArtifactId(),
                library.getExtension(),
                library.getClassifier(),
                library.getVersion());
    }

    private Set<String> find(MavenProject parent) throws DeliveryException {
        try {
            Set<String> found = new HashSet<>();
            add(
                    resolver.collectDependencies(repositories(), request(parent))
                            .getRoot(),
                    found,
                    Collections.newSetFromMap(new IdentityHashMap<>()));
            return Set.copyOf(found);
        } catch (DependencyCollectionException e) {
            throw DeliveryException.ofUser(
                    "What the parent POM gives to all modules cannot be told; nothing was built or sent",
                    "the dependencies of " + parent.getId() + ": " + e.getMessage(),
                    session.isOffline()
                            ? "run the build once without -o, so that their POMs are there"
                            : "correct the <dependencies> of the parent POM, or the repositories that they are in");
        }
    }

    /** Without a network a POM may be missing that another machine has: what depends on it must not go unseen. */
    private RepositorySystemSession repositories() {
        if (!session.isOffline()) {
            return session.getRepositorySession();
        }
        DefaultRepositorySystemSession strict = new DefaultRepositorySystemSession(session.getRepositorySession());
        strict.setArtifactDescriptorPolicy((anywhere, request) -> ArtifactDescriptorPolicy.STRICT);
        return strict;
    }

    /** Returns what Maven would ask for to resolve the parent, were there something to compile in it. */
    private CollectRequest request(MavenProject parent) {
        ArtifactTypeRegistry types = session.getRepositorySession().getArtifactTypeRegistry();
        DependencyManagement management = parent.getDependencyManagement();
        List<Dependency> managed = management == null ? List.of() : management.getDependencies();
        CollectRequest request = new CollectRequest();
        request.setRootArtifact(RepositoryUtils.toArtifact(parent.getArtifact()));
        request.setRepositories(parent.getRemoteProjectRepositories());
        parent.getDependencies().forEach(each -> request.addDependency(RepositoryUtils.toDependency(each, types)));
        managed.forEach(each -> request.addManagedDependency(RepositoryUtils.toDependency(each, types)));
        return request;
    }

    private static void add(DependencyNode node, Set<String> found, Set<DependencyNode> seen) {
        for (DependencyNode child : node.getChildren()) {
            if (seen.add(child)) {
                if (AT_RUN_TIME.contains(child.getDependency().getScope())) {
                    found.add(key(child.getArtifact()));
                }
                add(child, found, seen);
            }
        }
    }
}
