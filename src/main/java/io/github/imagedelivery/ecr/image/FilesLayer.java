package io.github.imagedelivery.ecr.image;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A layer of files. The directories above them are added to it, with mode 0755, owned by root, where they are not placed.
 *
 * @param name what the report calls it, for example {@code dependencies}; not part of the image
 * @param files what lies in it; their order does not matter
 */
public record FilesLayer(String name, List<PlacedFile> files) {
    /** Copies the list. */
    public FilesLayer {
        files = List.copyOf(files);
    }

    /** Returns the targets of the symbolic links by their path, without the slash in front. */
    Map<String, String> links() {
        Map<String, String> links = new TreeMap<>();
        for (PlacedFile file : files) {
            if (file.source() instanceof PlacedFile.Link link) {
                links.put(file.path().substring(1), link.target());
            }
        }
        return links;
    }
}
