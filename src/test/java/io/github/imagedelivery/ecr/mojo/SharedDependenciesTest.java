package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.project.MavenProject;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.CollectResult;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.DefaultDependencyNode;
import org.eclipse.aether.resolution.ArtifactDescriptorPolicyRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a parent gives to its modules, as Maven's resolver sees it: here one that answers with a graph. */
class SharedDependenciesTest {
    @TempDir
    Path top;

    private final List<CollectRequest> asked = new ArrayList<>();
    private final List<RepositorySystemSession> askedIn = new ArrayList<>();
    private final DefaultDependencyNode root =
            new DefaultDependencyNode(new DefaultArtifact("com.example:parent:pom:1"));
    private boolean isBroken;
    private MavenProject orders;
    private MavenProject parent;

    @BeforeEach
    void makeAModule() {
        orders = TestSession.module(top, "orders");
        parent = TestSession.module(top, "parent");
        parent.setArtifact(new org.apache.maven.artifact.DefaultArtifact(
                "com.example",
                "parent",
                "1",
                null,
                "pom",
                null,
                new org.apache.maven.artifact.handler.DefaultArtifactHandler("pom")));
        orders.setParent(parent);
    }

    private void declare(String artifactId, String scope) {
        Dependency dependency = new Dependency();
        dependency.setGroupId("org.lib");
        dependency.setArtifactId(artifactId);
        dependency.setVersion("1");
        dependency.setScope(scope);
        parent.getModel().addDependency(dependency);
    }

    private static DefaultDependencyNode node(String artifact, String scope) {
        return new DefaultDependencyNode(new org.eclipse.aether.graph.Dependency(new DefaultArtifact(artifact), scope));
    }

    @SuppressWarnings("deprecation")
    private MavenSession session() {
        DefaultRepositorySystemSession repositories = MavenRepositorySystemUtils.newSession();
        return new MavenSession(
                null, repositories, TestSession.of(top, orders).getRequest(), new DefaultMavenExecutionResult());
    }

    private RepositorySystem resolver() {
        return (RepositorySystem) Proxy.newProxyInstance(
                RepositorySystem.class.getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (proxy, method, args) -> {
                    assertThat(method.getName()).isEqualTo("collectDependencies");
                    askedIn.add((RepositorySystemSession) args[0]);
                    CollectRequest request = (CollectRequest) args[1];
                    asked.add(request);
                    CollectResult result = new CollectResult(request);
                    if (isBroken) {
                        throw new DependencyCollectionException(result, "no POM of org.lib:a:1");
                    }
                    return result.setRoot(root);
                });
    }

    @Test
    void hasWhatTheParentNeedsAtRunTime() throws Exception {
        declare("a", "compile");
        Dependency managed = new Dependency();
        managed.setGroupId("org.lib");
        managed.setArtifactId("c");
        managed.setVersion("7");
        parent.getModel().setDependencyManagement(new DependencyManagement());
        parent.getModel().getDependencyManagement().addDependency(managed);
        DefaultDependencyNode a = node("org.lib:a:1", "compile");
        DefaultDependencyNode b = node("org.lib:b:jar:linux:2", "runtime");
        a.setChildren(List.of(b));
        b.setChildren(List.of(a));
        root.setChildren(List.of(a, node("org.lib:servlet:1", "provided"), node("org.lib:junit:1", "test")));

        assertThat(new SharedDependencies(session(), resolver()).of(orders))
                .containsExactlyInAnyOrder("org.lib:a:jar::1", "org.lib:b:jar:linux:2");

        assertThat(asked.get(0).getDependencies())
                .extracting(each -> each.getArtifact().toString())
                .containsExactly("org.lib:a:jar:1");
        assertThat(asked.get(0).getManagedDependencies())
                .extracting(each -> each.getArtifact().toString())
                .containsExactly("org.lib:c:jar:7");
    }

    @Test
    void asksOnceForAllModulesOfAParent() throws Exception {
        declare("a", "compile");
        root.setChildren(List.of(node("org.lib:a:1", "compile")));
        SharedDependencies shared = new SharedDependencies(session(), resolver());
        MavenProject billing = TestSession.module(top, "billing");
        billing.setParent(parent);

        assertThat(shared.of(orders)).isEqualTo(shared.of(billing)).hasSize(1);
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksNobodyWhereTheParentHasNoDependencies() throws Exception {
        assertThat(new SharedDependencies(session(), resolver()).of(orders)).isEmpty();
        orders.setParent(null);
        assertThat(new SharedDependencies(session(), resolver()).of(orders)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void takesAMissingPomForAFailureWithoutANetworkAlone() throws Exception {
        declare("a", "compile");
        new SharedDependencies(session(), resolver()).of(orders);
        MavenSession offline = session();
        offline.getRequest().setOffline(true);
        new SharedDependencies(offline, resolver()).of(orders);

        assertThat(askedIn).extracting(SharedDependenciesTest::policy).containsExactly(3, 0);
    }

    private static int policy(RepositorySystemSession session) {
        return session.getArtifactDescriptorPolicy()
                .getPolicy(session, new ArtifactDescriptorPolicyRequest(new DefaultArtifact("org.lib:a:1"), ""));
    }

    @Test
    void tellsThatItCannotBeToldWithoutANetwork() {
        declare("a", "compile");
        isBroken = true;
        MavenSession offline = session();
        offline.getRequest().setOffline(true);

        assertThatThrownBy(() -> new SharedDependencies(offline, resolver()).of(orders))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        What the parent POM gives to all modules cannot be told; nothing was built or sent
                          cause: the dependencies of com.example:parent:jar:1.4.0: no POM of org.lib:a:1
                          to fix: run the build once without -o, so that their POMs are there""");
    }
}
