package io.github.imagedelivery.ecr.image;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** What is put on a base image. Each kind of application knows where its files lie in the image and what starts it. */
public interface Application {
    /**
     * Looks at the files and says where each of them goes.
     *
     * @throws ImageException if something is not there, or must not go into an image
     * @throws IOException if a file cannot be read
     */
    Contents contents() throws ImageException, IOException;

    /**
     * Returns what is wrong with the application as it is described, before any file is looked at; empty if nothing.
     */
    default List<String> problems() {
        return List.of();
    }

    /** Returns the Java release that the base image must have at least; empty where the application brings its own, or needs none. */
    default OptionalInt requiredJava() {
        return OptionalInt.empty();
    }

    /**
     * The files of an application and the command that starts it.
     *
     * @param layers lowest first, each with at least one file
     * @param launch how it is started
     */
    record Contents(List<FilesLayer> layers, Launch launch) {
        /** Copies the list. */
        public Contents {
            layers = List.copyOf(layers);
        }
    }
}
