package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** The element {@code <to>} of jib-maven-plugin: text, or nested. Public since Maven makes it. */
public final class ToElement {
    @Nullable
    String image;

    @Nullable
    List<String> tags;

    @Nullable
    PlexusConfiguration auth;

    @Nullable
    PlexusConfiguration credHelper;

    /** Creates an element that says nothing. */
    public ToElement() {}

    /** Takes what stands in the element for the image. */
    public void set(String value) {
        image = value;
    }
}
