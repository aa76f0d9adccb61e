package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a lock file says: the digests that the tags of base images are taken to stand for. The same bases give the same
 * bytes, wherever and whenever it is written.
 *
 * @param bases by reference, as it is named in the POM
 */
public record LockFile(Map<String, LockedBase> bases) {
    /** A lock file without bases, as good as none. */
    public static final LockFile EMPTY = new LockFile(Map.of());

    private static final long SCHEMA = 1;

    /** Sorts the bases. */
    public LockFile {
        bases = Collections.unmodifiableMap(new TreeMap<>(bases));
    }

    /** Reads a lock file; empty where there is none. */
    public static Optional<LockFile> read(Path file) throws DeliveryException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > Manifest.MAX_BYTES) {
                throw new FormatException("it is longer than " + Manifest.MAX_BYTES + " bytes");
            }
            return Optional.of(parse(Json.parse(Files.readAllBytes(file))));
        } catch (FormatException | IOException e) {
            throw DeliveryException.ofUser(
                    "The lock file of base images " + file + " cannot be read; nothing was built or sent",
                    e,
                    "take it from the last commit in which it was whole; or remove it, write it anew with mvn ecr:lock"
                            + " and look at what has changed");
        }
    }

    private static LockFile parse(Json json) throws FormatException {
        if (json.get("schema").number().orElse(0) != SCHEMA || !(json.get("bases") instanceof Json.Members named)) {
            throw new FormatException(
                    "it is no lock file of schema " + SCHEMA + ", which has \"schema\" and \"bases\"");
        }
        Map<String, LockedBase> bases = new TreeMap<>();
        for (Map.Entry<String, Json> entry : named.members().entrySet()) {
            Reference.parse(entry.getKey());
            bases.put(entry.getKey(), LockedBase.read(entry.getValue()));
        }
        return new LockFile(bases);
    }

    /** Returns these bases, and those of the other file that are not among them. */
    public LockFile with(LockFile other) {
        Map<String, LockedBase> all = new TreeMap<>(other.bases);
        all.putAll(bases);
        return new LockFile(all);
    }

    /** Returns what differs in the other one, a line for each base and platform; none where they are equal. */
    public List<String> changesTo(LockFile other) {
        Map<String, LockedBase> all = with(other).bases;
        List<String> changes = new ArrayList<>();
        for (String name : all.keySet()) {
            LockedBase before = bases.get(name);
            LockedBase after = other.bases.get(name);
            if (before == null) {
                changes.add(name + ": new, " + Objects.requireNonNull(after).digest());
            } else if (after == null) {
                changes.add(name + ": removed, since no module is built on it");
            } else {
                before.changesTo(after).forEach(change -> changes.add(name + ": " + change));
            }
        }
        return changes;
    }

    /** Writes the file, whole or not at all. */
    public void write(Path file) throws DeliveryException {
        try {
            Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.createDirectories(directory);
            // No temporary file of Java's: that only its owner may read, and this one belongs to the project.
            Path written = directory.resolve(file.getFileName() + ".part");
            try {
                Files.writeString(written, text(), UTF_8);
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw DeliveryException.ofUser(
                    "The lock file of base images cannot be written", e.toString(), "make " + file + " writable");
        }
    }

    /** Returns the text of the file. */
    String text() {
        Json named = Json.object();
        for (Map.Entry<String, LockedBase> base : bases.entrySet()) {
            named = named.with(base.getKey(), base.getValue().toJson());
        }
        return Json.object()
                .with("schema", Json.of(SCHEMA))
                .with("bases", named)
                .pretty();
    }
}
