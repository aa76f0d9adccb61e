package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the files in which two layers differ, and in jars the files in them. Only names and hashes are held. */
public final class LayerComparison {
    private final Blob before;
    private final Blob now;
    private final ReadAllowance allowance;

    private LayerComparison(Blob before, Blob now, ReadAllowance allowance) {
        this.before = before;
        this.now = now;
        this.allowance = allowance;
    }

    /**
     * Compares two layers. Each is read once, and once more where jars differ.
     *
     * @param allowance bounds what is read; shared by the layers of an image
     * @return what differs, by path; empty for the same files in another order or compression
     * @throws IOException if a layer cannot be read or the allowance is used up
     * @throws FormatException if a layer is not what this JDK can look into; the message says what it is
     */
    public static List<FileDifference> between(Blob before, Blob now, ReadAllowance allowance)
            throws IOException, FormatException {
        return new LayerComparison(before, now, allowance).files();
    }

    private List<FileDifference> files() throws IOException, FormatException {
        Map<String, TarEntry> old = list(before);
        Map<String, TarEntry> built = list(now);
        Set<String> jars = changedJars(old, built);
        Map<String, JarListing> oldJars = jars.isEmpty() ? Map.of() : look(before, jars);
        Map<String, JarListing> builtJars = jars.isEmpty() ? Map.of() : look(now, jars);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(built.keySet());
        List<FileDifference> differences = new ArrayList<>();
        for (String name : names) {
            JarListing oldJar = oldJars.get(name);
            JarListing builtJar = builtJars.get(name);
            if (oldJar != null && builtJar != null) {
                List<String> attributes = attributes(old.get(name), built.get(name));
                differences.add(new JarComparison(oldJar, builtJar).at(name, attributes));
            } else {
                addFile(differences, name, old, built);
            }
        }
        return differences;
    }

    private static List<String> attributes(@Nullable TarEntry was, @Nullable TarEntry is) {
        return was == null || is == null ? List.of() : was.file().changes(is.file());
    }

    private static void addFile(
            List<FileDifference> differences, String name, Map<String, TarEntry> old, Map<String, TarEntry> built) {
        TarEntry was = old.get(name);
        TarEntry is = built.get(name);
        if (was == null) {
            differences.add(FileDifference.only(FileDifference.Kind.ONLY_NOW, name));
        } else if (is == null) {
            differences.add(FileDifference.only(FileDifference.Kind.ONLY_BEFORE, name));
        } else if (!was.equals(is)) {
            differences.add(FileDifference.changed(name, was.changes(is)));
        }
    }

    private Map<String, TarEntry> list(Blob layer) throws IOException, FormatException {
        Map<String, TarEntry> entries = new TreeMap<>();
        LayerStream.walk(
                layer,
                allowance,
                (file, content) -> entries.put(file.name(), new TarEntry(file, LayerStream.hash(content))));
        return entries;
    }

    private static Set<String> changedJars(Map<String, TarEntry> old, Map<String, TarEntry> built) {
        Set<String> jars = new TreeSet<>();
        old.forEach((name, entry) -> {
            TarEntry is = built.get(name);
            if (JarListing.isJar(name) && is != null && !entry.content().equals(is.content())) {
                jars.add(name);
            }
        });
        return jars;
    }

    private Map<String, JarListing> look(Blob layer, Set<String> jars) throws IOException, FormatException {
        Map<String, JarListing> listings = new HashMap<>();
        LayerStream.walk(layer, allowance, (file, content) -> {
            if (jars.contains(file.name())) {
                lookInto(listings, file, content);
            }
        });
        return listings;
    }

    private void lookInto(Map<String, JarListing> listings, TarFile jar, InputStream content) {
        try {
            listings.put(jar.name(), JarListing.read(content, jar.size(), allowance));
        } catch (IOException e) {
            // A file that is called a jar and is none differs as any file does; a broken stream fails in the next read.
            listings.remove(jar.name());
        }
    }
}
