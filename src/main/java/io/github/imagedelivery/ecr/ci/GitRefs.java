package io.github.imagedelivery.ecr.ci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The refs of a repository, loose and packed (gitrepository-layout, "refs" and "packed-refs").
 *
 * @param own the directory of this working tree, which holds its {@code HEAD}
 * @param common the directory that all working trees of the repository share
 */
record GitRefs(Path own, Path common) {
    private static final int MOST_LINKS = 5;
    private static final String TAGS = "refs/tags/";
    private static final Pattern BRANCH = Pattern.compile("ref:\\s*refs/heads/(.+)");
    private static final Pattern NAME = Pattern.compile("refs/(?!(?s:.*)\\.\\.)[^\\\\\\p{Cc}]+");

    /** Returns the commit that is checked out; empty if its branch has none yet. */
    Optional<String> head() throws IOException, WorkingCopyException {
        String name = "HEAD";
        for (int links = 0; links < MOST_LINKS; links++) {
            Optional<String> value = value(name);
            if (value.isEmpty() || GitStatus.ID.matcher(value.get()).matches()) {
                return value;
            }
            name = value.get().replaceFirst("^ref:\\s*", "");
            if (!isName(name)) {
                throw new WorkingCopyException("HEAD leads to what is neither a commit nor a ref");
            }
        }
        throw new WorkingCopyException("HEAD leads through more than " + MOST_LINKS + " refs");
    }

    /** Returns the name of the branch that is checked out; empty where a commit is, without one. */
    Optional<String> branch() throws IOException {
        return value("HEAD").map(BRANCH::matcher).filter(Matcher::matches).map(link -> link.group(1));
    }

    /** Tells whether the text names a ref of the repository, and no file outside of it. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Returns the tags on the commit, sorted; an annotated tag is seen where it is packed, as in a fresh clone. */
    List<String> tags(String commit) throws IOException {
        TreeMap<String, String> tags = new TreeMap<>();
        packed().forEach((name, id) -> {
            if (name.startsWith(TAGS)) {
                tags.put(name.substring(TAGS.length()), id);
            }
        });
        Path directory = common.resolve(TAGS);
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = directory.relativize(file).toString().replace('\\', '/');
                    tags.put(name, Files.readString(file).strip());
                }
            }
        }
        tags.values().removeIf(id -> !id.equals(commit));
        return List.copyOf(tags.keySet());
    }

    private Optional<String> value(String name) throws IOException {
        for (Path place : List.of(own, common)) {
            Path file = place.resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(Files.readString(file).strip());
            }
        }
        return Optional.ofNullable(packed().get(name));
    }

    /** A line that begins with {@code ^} names the commit of the annotated tag in the line before it. */
    private Map<String, String> packed() throws IOException {
        Map<String, String> refs = new TreeMap<>();
        Path file = common.resolve("packed-refs");
        String name = "";
        for (String line : Files.isRegularFile(file) ? Files.readAllLines(file) : List.<String>of()) {
            int space = line.indexOf(' ');
            if (line.startsWith("^")) {
                refs.put(name, line.substring(1));
            } else if (!line.startsWith("#") && space > 0) {
                name = line.substring(space + 1);
                refs.put(name, line.substring(0, space));
            }
        }
        return refs;
    }
}
