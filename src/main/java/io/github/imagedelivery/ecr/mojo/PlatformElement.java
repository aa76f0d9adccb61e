package io.github.imagedelivery.ecr.mojo;

import org.jspecify.annotations.Nullable;

/** The element {@code <platform>} of {@link FromElement}: text, or nested as in jib-maven-plugin. */
public final class PlatformElement {
    @Nullable
    String text;

    @Nullable
    String os;

    @Nullable
    String architecture;

    /** Creates an element that says nothing. */
    public PlatformElement() {}

    /** Takes what stands in the element. */
    public void set(String value) {
        text = value;
    }

    /** Returns the platform in the words of {@code ecr.platforms}; jib-maven-plugin's defaults are ours. */
    String name() {
        return Parameters.text(text)
                .orElseGet(() -> Parameters.text(os).orElse("linux") + "/"
                        + Parameters.text(architecture).orElse("amd64"));
    }
}
