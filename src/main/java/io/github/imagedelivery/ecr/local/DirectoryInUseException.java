package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when an embedded ECR is to keep its content where another one, perhaps of another process, keeps its own. */
public final class DirectoryInUseException extends IOException {
    DirectoryInUseException(Path directory) {
        super("another embedded ECR is using the directory " + directory);
    }
}
