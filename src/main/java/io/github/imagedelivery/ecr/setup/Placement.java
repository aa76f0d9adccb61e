package io.github.imagedelivery.ecr.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Puts files into a working copy, and knows before the first is written which ones are in the way. */
public final class Placement {
    private final Path root;
    private final List<SetupFile> missing = new ArrayList<>();
    private final List<SetupFile> same = new ArrayList<>();
    private final List<SetupFile> different = new ArrayList<>();

    private Placement(Path root) {
        this.root = root;
    }

    /**
     * Looks at what is there; writes nothing.
     *
     * @param root the working copy's directory
     */
    public static Placement of(Path root, List<SetupFile> files) throws IOException {
        Placement placement = new Placement(root);
        for (SetupFile file : files) {
            Path place = root.resolve(file.path());
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                placement.missing.add(file);
            } else {
                (isThere(place, file) ? placement.same : placement.different).add(file);
            }
        }
        return placement;
    }

    private static boolean isThere(Path place, SetupFile file) throws IOException {
        try {
            return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(place, UTF_8).equals(file.content());
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Returns the paths at which there is something else. */
    public List<String> inTheWay() {
        return paths(different);
    }

    /** Returns the paths of the files that are there already, as they would be written. */
    public List<String> unchanged() {
        return paths(same);
    }

    private static List<String> paths(List<SetupFile> files) {
        return files.stream().map(SetupFile::path).toList();
    }

    /**
     * Writes the files that are missing, and replaces those that are different: whoever calls has asked whether it may.
     * A link is replaced, not followed.
     *
     * @return the paths that were written
     */
    public List<String> write() throws IOException {
        List<SetupFile> all = new ArrayList<>(missing);
        all.addAll(different);
        for (SetupFile file : all) {
            Path place = root.resolve(file.path());
            if (different.contains(file)) {
                Files.delete(place);
            }
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.content(), UTF_8, StandardOpenOption.CREATE_NEW);
        }
        return paths(all);
    }
}
