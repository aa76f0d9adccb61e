package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.ci.RemoteUrl;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.ImageDescription;
import java.util.Optional;
import org.apache.maven.project.MavenProject;

/** Reads what the POM says about a program, where it is sure to speak of this one rather than of a parent. */
final class Descriptions {
    private final MavenProject project;

    Descriptions(MavenProject project) {
        this.project = project;
    }

    /** Returns it, with what is configured beside. */
    ImageDescription read(Parameters parameters, ContainerParameters container) throws DeliveryException {
        return new ImageDescription(
                Optional.of(title()),
                Licenses.expression(project.getOriginalModel().getLicenses()),
                source(),
                parameters.created(),
                container.labels(),
                container.annotations());
    }

    /** Returns the name of the project; one with the version in it would give each version a digest of its own. */
    String title() {
        return Parameters.text(project.getName())
                .filter(name -> !name.contains(project.getVersion()))
                .orElse(project.getArtifactId());
    }

    /** Returns what the module's own POM says: to an inherited URL, Maven has appended the artifactId. */
    Optional<String> source() {
        return Optional.ofNullable(project.getOriginalModel().getScm())
                .flatMap(scm -> Parameters.text(scm.getUrl()))
                .flatMap(RemoteUrl::https);
    }
}
