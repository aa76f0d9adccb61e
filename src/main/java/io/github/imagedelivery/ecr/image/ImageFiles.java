package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.util.Optional;

/** The files that an image on disk consists of, by their path in it. */
interface ImageFiles {
    /** Returns the file; empty when there is none. */
    Optional<Content> file(String name) throws IOException, FormatException;

    /** Reads a whole file that must be there and must be small: a manifest, a config, an index. */
    default byte[] document(String name, int limit) throws IOException, FormatException {
        Content content = file(name).orElseThrow(() -> new FormatException("there is no " + name + " in it"));
        if (content.size() > limit) {
            throw new FormatException(name + " has " + content.size() + " bytes; at most " + limit + " are read");
        }
        return content.read(0, (int) content.size());
    }
}
