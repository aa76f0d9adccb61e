package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.ExtraDirectory;
import io.github.imagedelivery.ecr.image.ExtraFiles;
import io.github.imagedelivery.ecr.image.FileAttributes;
import io.github.imagedelivery.ecr.image.Glob;
import io.github.imagedelivery.ecr.image.Owner;
import io.github.imagedelivery.ecr.image.PathRule;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that say which further files go into an image. */
final class FilesReader {
    private static final ExtraDirectories NOTHING = new ExtraDirectories();
    static final String DEFAULT = "src/main/jib";
    private static final String ABSOLUTE = "an absolute path in the image";

    private final FilesParameters raw;
    private final ExtraDirectories given;

    FilesReader(FilesParameters raw) {
        this.raw = raw;
        this.given = raw.extraDirectories == null ? NOTHING : raw.extraDirectories;
    }

    /** Returns the application with the files that are added to it; itself where nothing is said about files. */
    Application around(Application application, Path basedir) throws DeliveryException {
        List<ExtraDirectory> directories = directories(basedir);
        return directories.isEmpty() && modified().equals(FileAttributes.FILE.modified())
                ? application
                : new ExtraFiles(application, directories, modes(), owners(), modified());
    }

    /** Returns the directories, which may not be there yet. */
    List<ExtraDirectory> directories(Path basedir) throws DeliveryException {
        List<ExtraDirectory> directories = new ArrayList<>();
        for (ExtraDirectories.Source source : all(given.paths)) {
            directories.add(directory(source, basedir));
        }
        for (String directory : Parameters.list(raw.extraDirectoryList)) {
            directories.add(new ExtraDirectory(basedir.resolve(directory), "/", List.of(), List.of()));
        }
        Path usual = basedir.resolve(DEFAULT);
        if (directories.isEmpty() && Files.isDirectory(usual)) {
            directories.add(new ExtraDirectory(usual, "/", List.of(), List.of()));
        }
        return directories;
    }

    private static ExtraDirectory directory(ExtraDirectories.Source source, Path basedir) throws DeliveryException {
        String into = Parameters.text(source.into).orElse("/");
        if (!isPlain(into)) {
            throw Parameters.wrong("<into> of ecr.extraDirectories", into, ABSOLUTE + " without \"..\"");
        }
        String from = Parameters.text(source.from).orElse("");
        if (from.isEmpty()) {
            throw Parameters.wrong("<from> of ecr.extraDirectories", from, "a directory of the module");
        }
        return new ExtraDirectory(basedir.resolve(from), into, globs(source.includes), globs(source.excludes));
    }

    private static boolean isPlain(String path) {
        return path.startsWith("/")
                && Stream.of("/../", "/./", "//").noneMatch((path + "/").replaceFirst("/+$", "/")::contains)
                && path.chars().noneMatch(Character::isISOControl);
    }

    private static List<Glob> globs(@Nullable List<String> patterns) throws DeliveryException {
        List<Glob> globs = new ArrayList<>();
        for (String pattern : Parameters.list(patterns)) {
            globs.add(glob("ecr.extraDirectories", pattern));
        }
        return globs;
    }

    private static Glob glob(String property, String pattern) throws DeliveryException {
        try {
            return Glob.parse(pattern);
        } catch (FormatException e) {
            throw unusable(property, e, "correct the pattern; those of Java's PathMatcher are read");
        }
    }

    /** Returns the modes. */
    List<PathRule<Integer>> modes() throws DeliveryException {
        String property = "ecr.extraDirectoryPermissions";
        Map<String, String> texts = new LinkedHashMap<>();
        all(given.permissions).forEach(rule -> texts.put(text(rule.file), text(rule.mode)));
        texts.putAll(Parameters.pairs(property, null, raw.extraDirectoryPermissions));
        return rules(property, texts, FilesReader::mode);
    }

    private interface Reading<T> {
        T read(String property, String text) throws DeliveryException;
    }

    private static <T> List<PathRule<T>> rules(String property, Map<String, String> texts, Reading<T> reading)
            throws DeliveryException {
        List<PathRule<T>> rules = new ArrayList<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            rules.add(new PathRule<>(absolute(property, text.getKey()), reading.read(property, text.getValue())));
        }
        return rules;
    }

    private static int mode(String property, String text) throws DeliveryException {
        if (!text.matches("0?[0-7]{3}")) {
            throw Parameters.wrong(
                    property,
                    text,
                    "three octal digits such as 755; bits that let a program run as its owner are not set");
        }
        return Integer.parseInt(text, 8);
    }

    /** Returns the owners. */
    List<PathRule<Owner>> owners() throws DeliveryException {
        String property = "ecr.extraDirectoryOwnership";
        Map<String, String> texts = new LinkedHashMap<>();
        all(given.ownership).forEach(rule -> texts.put(text(rule.file), text(rule.user)));
        texts.putAll(Parameters.pairs(property, null, raw.extraDirectoryOwnership));
        return rules(property, texts, FilesReader::owner);
    }

    private static Owner owner(String property, String text) throws DeliveryException {
        try {
            return Owner.parse(text);
        } catch (FormatException e) {
            throw unusable(property, e, "name user and group by number, as the container's files are");
        }
    }

    private static Glob absolute(String property, String pattern) throws DeliveryException {
        if (!pattern.startsWith("/")) {
            throw Parameters.wrong(property, pattern, ABSOLUTE + ", for example /opt/bin/**");
        }
        return glob(property, pattern);
    }

    /** Returns the time of all files. */
    Instant modified() throws DeliveryException {
        String text = Parameters.text(raw.filesModificationTime).orElse("EPOCH_PLUS_SECOND");
        if (text.equals("EPOCH_PLUS_SECOND")) {
            return FileAttributes.FILE.modified();
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (time.getEpochSecond() >= 0 && time.getEpochSecond() < 1L << 33) {
                return time;
            }
        } catch (DateTimeException e) {
            throw wrongTime(text);
        }
        throw wrongTime(text);
    }

    private static DeliveryException wrongTime(String text) {
        return Parameters.wrong(
                "ecr.filesModificationTime",
                text,
                "EPOCH_PLUS_SECOND, or ISO 8601 between 1970 and 2242 such as 2026-11-23T10:00:00Z");
    }

    private static DeliveryException unusable(String property, FormatException e, String remedy) {
        return DeliveryException.ofUser(property + " has a value that cannot be used", e, remedy);
    }

    private static String text(@Nullable String value) {
        return Parameters.text(value).orElse("");
    }

    private static <T> List<T> all(@Nullable List<@Nullable T> values) {
        return values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).toList();
    }
}
