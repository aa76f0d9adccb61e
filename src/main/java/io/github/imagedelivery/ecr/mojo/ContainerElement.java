package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The element {@code <container>} of jib-maven-plugin. Public since Maven makes it. */
public final class ContainerElement {
    @Nullable
    String appRoot;

    @Nullable
    List<String> args;

    @Nullable
    String creationTime;

    @Nullable
    List<String> entrypoint;

    @Nullable
    Map<String, String> environment;

    /** Jars are named one by one whatever it says. */
    boolean expandClasspathDependencies;

    @Nullable
    List<String> extraClasspath;

    @Nullable
    String filesModificationTime;

    @Nullable
    String format;

    @Nullable
    List<String> jvmFlags;

    @Nullable
    Map<String, String> labels;

    @Nullable
    String mainClass;

    @Nullable
    List<String> ports;

    @Nullable
    String user;

    @Nullable
    List<String> volumes;

    @Nullable
    String workingDirectory;

    /** Creates an element that says nothing. */
    public ContainerElement() {}
}
