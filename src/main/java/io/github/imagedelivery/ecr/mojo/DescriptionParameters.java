package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of what an image says about itself. */
abstract class DescriptionParameters extends PrebuiltParameters {
    /**
     * Labels of the image: {@code <labels><name>value</name></labels>}. Set by themselves are, under
     * {@code org.opencontainers.image.}, {@code revision}, {@code created}, {@code source}, {@code title}, {@code licenses},
     * {@code base.name} and {@code base.digest}; one of these names set here counts for the annotation as well.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    Map<String, String> labels;

    /**
     * Further labels as {@code name=value}, so that they can be set by property, comma-separated.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.labels")
    @Nullable
    List<String> labelList;

    /**
     * Annotations of the manifest, and of the index where there are several platforms:
     * {@code <annotations><name>value</name></annotations>}. They say by themselves what the labels say.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    Map<String, String> annotations;

    /**
     * Further annotations as {@code name=value}, so that they can be set by property, comma-separated.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.annotations")
    @Nullable
    List<String> annotationList;

    /**
     * Creation time written into the image: ISO 8601 ({@code 2026-11-23T10:00:00Z}) or seconds since 1970. Default:
     * {@code project.build.outputTimestamp}, else the time of the commit; never the time of the build.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.created")
    @Nullable
    String created;

    /** Time that the project gives to all that it builds; stands in for {@code ecr.created}. */
    @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true)
    @Nullable
    String outputTimestamp;
}
