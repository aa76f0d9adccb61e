package io.github.imagedelivery.ecr.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of an image that lie in a directory.
 *
 * @param directory the layout's root
 */
record DirectoryFiles(Path directory) implements ImageFiles {
    @Override
    public Optional<Content> file(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(FileContent.of(file)) : Optional.empty();
    }
}
