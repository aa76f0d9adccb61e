package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The base image of each platform.
 *
 * @param bases in the order of the platforms' names, which a configuration in another order does not change
 */
record PlatformBases(List<OnPlatform> bases) {
    /** Copies the list. */
    PlatformBases {
        bases = List.copyOf(bases);
    }

    /**
     * The base image of one platform.
     *
     * @param platform the platform as the base names it, with the variant that its config may leave out
     * @param source the base image
     */
    record OnPlatform(Platform platform, BaseSource source) {}

    /**
     * Finds them all.
     *
     * @throws DeliveryException if the base lacks one of the platforms, or has one image for two of them
     */
    static PlatformBases find(BaseImages images, String name, List<Platform> platforms, Exchange.Listener listener)
            throws DeliveryException {
        List<OnPlatform> found = new ArrayList<>();
        for (Platform wanted : sorted(platforms)) {
            BaseSource source = images.find(name, wanted, listener);
            Platform named = wanted.best(source.platforms(), platform -> platform).stream()
                    .findFirst()
                    .orElse(wanted);
            if (found.stream().anyMatch(other -> other.platform().equals(named))) {
                throw DeliveryException.ofUser(
                        "ecr.platforms names a platform twice; nothing was built or sent",
                        wanted + " and another one are both " + named + " in the base image " + name,
                        "leave one of them out");
            }
            found.add(new OnPlatform(named, source));
        }
        return new PlatformBases(found);
    }

    private static List<Platform> sorted(List<Platform> platforms) {
        return platforms.stream()
                .sorted(Comparator.comparing(Platform::toString))
                .toList();
    }

    /** Returns the first of them: what holds for all is read from it. */
    BaseSource first() {
        return bases.get(0).source();
    }

    /** Returns the base as a reader wants it; a name on disk that stands for an image of each platform is that of none. */
    String pinned() {
        List<String> pinned =
                bases.stream().map(base -> base.source().pinned()).distinct().toList();
        return pinned.size() == 1 ? pinned.get(0) : first().image().name();
    }

    List<Platform> platforms() {
        return bases.stream().map(OnPlatform::platform).toList();
    }

    /** Names the platforms, for a message. */
    static String named(List<Platform> platforms) {
        return platforms.stream().map(Platform::toString).collect(Collectors.joining(", "));
    }
}
