package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Walks over an extra directory. Links are not followed, and what has no place in an image is refused, all at once. */
final class ExtraTree {
    private static final int LISTED = 5;
    private static final int RUNS_AS_ITS_OWNER = 06000;

    private final ExtraDirectory directory;
    private final Path root;
    private final List<PlacedFile> files = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    private ExtraTree(ExtraDirectory directory, Path root) {
        this.directory = directory;
        this.root = root;
    }

    /** Returns what is to be copied: files, links, and directories. */
    static List<PlacedFile> files(ExtraDirectory directory) throws ImageException, IOException {
        if (!Files.isDirectory(directory.from())) {
            throw new ImageException(
                    "A directory of ecr.extraDirectories cannot be packed",
                    Texts.shown(directory.from().toString()) + " is not there, or no directory",
                    "correct the path, or run the phase that makes it in the same build");
        }
        ExtraTree tree = new ExtraTree(directory, directory.from().toRealPath());
        Files.walkFileTree(tree.root, tree.new Visitor());
        tree.refused.addAll(new PlacedLinks(directory.into(), tree.files).problems());
        if (!tree.refused.isEmpty()) {
            throw tree.refusal();
        }
        return tree.files;
    }

    private ImageException refusal() {
        int more = refused.size() - LISTED;
        return new ImageException(
                "A directory of ecr.extraDirectories cannot be packed",
                refused.stream().sorted().limit(LISTED).collect(Collectors.joining("; "))
                        + (more > 0 ? "; and " + more + " more" : ""),
                "remove from " + Texts.shown(directory.from().toString())
                        + " what is named here, or leave it out with <excludes>");
    }

    private String place(Path file) {
        StringBuilder place = new StringBuilder(directory.into());
        root.relativize(file).forEach(step -> place.append('/').append(step));
        return place.toString();
    }

    private static boolean runsAsItsOwner(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & RUNS_AS_ITS_OWNER)
                        != 0;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (!path.equals(root) && directory.takes(root.relativize(path))) {
                files.add(PlacedFile.directory(path, place(path)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (directory.takes(root.relativize(file))) {
                add(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                String target = Files.readSymbolicLink(file).toString();
                files.add(PlacedFile.link(target.replace('\\', '/'), place(file)));
            } else if (!attributes.isRegularFile()) {
                refused.add(Texts.shown(place(file)) + " is a device, a pipe or a socket");
            } else if (runsAsItsOwner(file)) {
                refused.add(Texts.shown(place(file)) + " has the set-user-ID or set-group-ID bit");
            } else {
                files.add(PlacedFile.of(file, place(file)));
            }
        }
    }
}
