package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a base image's tag is taken to stand for.
 *
 * @param digest digest of what the tag stood for: of the index where there is one
 * @param platforms digest of the image of each platform, by {@code os/architecture} or {@code os/architecture/variant}
 */
public record LockedBase(Digest digest, Map<String, Digest> platforms) {
    /** Sorts the platforms. */
    public LockedBase {
        platforms = Collections.unmodifiableMap(new TreeMap<>(platforms));
    }

    /** Returns the digest of the image for the platform; what is no index is the same for all. */
    Optional<Digest> image(Platform wanted) {
        if (platforms.values().stream().allMatch(digest::equals)) {
            return Optional.of(digest);
        }
        return wanted.best(named(), platform -> platform).stream()
                .findFirst()
                .map(platform -> platforms.get(platform.toString()));
    }

    /** Returns the platforms of an index; none where there is no index. */
    List<Platform> ofIndex() {
        return platforms.containsValue(digest) ? List.of() : named();
    }

    private List<Platform> named() {
        List<Platform> named = new ArrayList<>();
        for (String text : platforms.keySet()) {
            try {
                named.add(Platform.parse(text));
            } catch (FormatException e) {
                throw new IllegalStateException(e); // checked when it was read
            }
        }
        return named;
    }

    /** Returns what differs in the other one, a line for each. */
    List<String> changesTo(LockedBase other) {
        List<String> changes = new ArrayList<>();
        if (!digest.equals(other.digest)) {
            changes.add(digest + " -> " + other.digest);
        }
        Set<String> names = new HashSet<>(platforms.keySet());
        names.addAll(other.platforms.keySet());
        for (String name : names.stream().sorted().toList()) {
            String before = told(platforms.get(name));
            String after = told(other.platforms.get(name));
            if (!before.equals(after)) {
                changes.add("  " + name + ": " + before + " -> " + after);
            }
        }
        return changes;
    }

    private static String told(@Nullable Digest digest) {
        return digest == null ? "none" : digest.toString();
    }

    static LockedBase read(Json json) throws FormatException {
        Map<String, Digest> platforms = new TreeMap<>();
        for (Map.Entry<String, Json> entry : json.get("platforms").members().entrySet()) {
            Platform.parse(entry.getKey());
            platforms.put(entry.getKey(), digest(entry.getValue()));
        }
        if (platforms.isEmpty()) {
            throw new FormatException("a base without platforms");
        }
        return new LockedBase(digest(json.get("digest")), platforms);
    }

    private static Digest digest(Json json) throws FormatException {
        return Digest.parse(json.text().orElseThrow(() -> new FormatException("a base without its digest")));
    }

    Json toJson() {
        Json named = Json.object();
        for (Map.Entry<String, Digest> platform : platforms.entrySet()) {
            named = named.with(platform.getKey(), Json.of(platform.getValue().toString()));
        }
        return Json.object().with("digest", Json.of(digest.toString())).with("platforms", named);
    }
}
