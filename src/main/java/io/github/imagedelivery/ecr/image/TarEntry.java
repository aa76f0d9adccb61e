package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of a tar by its hash.
 *
 * @param file what the tar says of it
 * @param content hash of its content
 */
record TarEntry(TarFile file, Digest content) {
    /** Says in words what is not the same in a file that was built later under the same name. */
    List<String> changes(TarEntry later) {
        List<String> changes = new ArrayList<>();
        if (!content.equals(later.content)) {
            changes.add("content");
        }
        changes.addAll(file.changes(later.file));
        if (file.size() != later.file.size()) {
            changes.add("size " + file.size() + " -> " + later.file.size());
        }
        return changes;
    }
}
