package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which module wants which tag of which repository. Where two want the same, {@link Clash} refuses both at the end unless
 * they are one image; here it shows before either is built. Safe for use by several threads.
 */
public final class Claims {
    private final Map<Wanted, String> modules = new ConcurrentHashMap<>();

    private record Wanted(Optional<EcrHost> registry, Optional<String> region, String name) {}

    /**
     * Another module that wants the same.
     *
     * @param name repository and tag
     * @param module the module that came first
     */
    public record Rival(String name, String module) {
        /** Returns what is wrong with it. */
        public String problem() {
            return name + " is to be the image of " + module + ", too: unless they are one image, neither is published";
        }

        /** Returns what to do about it. */
        public String remedy() {
            return Clash.REMEDY;
        }
    }

    /** Notes what the module wants; a module may want the same again. */
    Optional<Rival> claim(String module, Coordinates target) {
        Optional<Rival> rival = Optional.empty();
        List<Tag> tags = target.tags();
        // The last one is told of: the SHA tag, where they have that in common, too.
        Collections.reverse(tags);
        for (Tag tag : tags) {
            String name = target.repository().value() + ":" + tag;
            String first = modules.putIfAbsent(new Wanted(target.registry().value(), target.region(), name), module);
            if (first != null && !first.equals(module)) {
                rival = Optional.of(new Rival(name, first));
            }
        }
        return rival;
    }
}
