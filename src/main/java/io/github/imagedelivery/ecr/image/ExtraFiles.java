package io.github.imagedelivery.ecr.image;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * An application with further files on top of its own, a layer for each directory.
 *
 * @param application what they are added to
 * @param directories where they come from, lowest first
 * @param modes modes that are not 0644 for a file and 0755 for a directory
 * @param owners owners that are not root
 * @param modified the time of all files, those of the application as well
 */
public record ExtraFiles(
        Application application,
        List<ExtraDirectory> directories,
        List<PathRule<Integer>> modes,
        List<PathRule<Owner>> owners,
        Instant modified)
        implements Application {
    /** What each of these layers is called. */
    public static final String LAYER = "extra-files";

    /** Copies the lists. */
    public ExtraFiles {
        directories = List.copyOf(directories);
        modes = List.copyOf(modes);
        owners = List.copyOf(owners);
    }

    @Override
    public Contents contents() throws ImageException, IOException {
        Contents own = application.contents();
        List<FilesLayer> layers = new ArrayList<>(own.layers());
        for (ExtraDirectory directory : directories) {
            List<PlacedFile> files =
                    ExtraTree.files(directory).stream().map(this::ruled).toList();
            if (!files.isEmpty()) {
                layers.add(new FilesLayer(LAYER, files));
            }
        }
        return new Contents(layers.stream().map(this::timed).toList(), own.launch());
    }

    @Override
    public List<String> problems() {
        return application.problems();
    }

    @Override
    public OptionalInt requiredJava() {
        return application.requiredJava();
    }

    private PlacedFile ruled(PlacedFile file) {
        FileAttributes attributes = file.attributes();
        FileAttributes owned =
                attributes.withOwner(PathRule.find(owners, file.path()).orElse(attributes.owner()));
        return file.with(owned.withMode(PathRule.find(modes, file.path()).orElse(attributes.mode())));
    }

    private FilesLayer timed(FilesLayer layer) {
        return new FilesLayer(
                layer.name(),
                layer.files().stream()
                        .map(file -> file.with(file.attributes().withModified(modified)))
                        .toList());
    }
}
