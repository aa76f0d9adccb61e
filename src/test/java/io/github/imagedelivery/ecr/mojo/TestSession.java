package io.github.imagedelivery.ecr.mojo;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystemSession;

/** Maven's session and modules, as far as the goals look at them. */
final class TestSession {
    private TestSession() {}

    /** Makes a session that was started in the top directory for these modules. */
    @SuppressWarnings("deprecation")
    static MavenSession of(Path top, MavenProject... modules) {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setMultiModuleProjectDirectory(top.toFile());
        request.setBaseDirectory(top.toFile());
        MavenSession session =
                new MavenSession(null, (RepositorySystemSession) null, request, new DefaultMavenExecutionResult());
        session.setProjects(List.of(modules));
        session.setAllProjects(List.of(modules));
        return session;
    }

    /** Makes a module in a directory of its name. */
    static MavenProject module(Path top, String artifactId) {
        Path directory = top.resolve(artifactId);
        MavenProject project = new MavenProject(model(artifactId));
        project.setOriginalModel(model(artifactId));
        project.setFile(directory.resolve("pom.xml").toFile());
        project.getBuild().setDirectory(directory.resolve("target").toString());
        project.getBuild()
                .setOutputDirectory(directory.resolve("target/classes").toString());
        return project;
    }

    private static Model model(String artifactId) {
        Model model = new Model();
        model.setGroupId("com.example");
        model.setArtifactId(artifactId);
        model.setVersion("1.4.0");
        model.setPackaging("jar");
        model.setBuild(new Build());
        return model;
    }
}
