package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.oci.Reference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** The element {@code <from>}: text, or nested as in jib-maven-plugin. Public since Maven makes it. */
public final class FromElement {
    @Nullable
    String text;

    @Nullable
    String image;

    @Nullable
    List<PlatformElement> platforms;

    @Nullable
    PlexusConfiguration auth;

    @Nullable
    PlexusConfiguration credHelper;

    /** Creates an element that says nothing. */
    public FromElement() {}

    static FromElement of(String text) {
        FromElement from = new FromElement();
        from.text = text;
        return from;
    }

    /** Takes what stands in the element, or in the property. */
    public void set(String value) {
        text = value;
    }

    /** Returns the name of the base image, in the words of {@code ecr.from}. */
    Optional<String> name() {
        return Parameters.text(text).or(() -> Parameters.text(image).map(FromElement::read));
    }

    /** Jib's prefixes are no part of the name, and a name without a host is one of Docker Hub. */
    private static String read(String image) {
        if (image.startsWith("tar://")) {
            return path(image.substring("tar://".length()));
        }
        String name = image.replaceFirst("^registry://", "");
        if (name.equals("scratch") || name.startsWith("/") || name.contains("://") || !Parameters.isResolved(name)) {
            return name;
        }
        return Reference.completed(name);
    }

    private static String path(String path) {
        try {
            return Path.of(path).isAbsolute() ? path : "./" + path;
        } catch (InvalidPathException e) {
            return path;
        }
    }
}
