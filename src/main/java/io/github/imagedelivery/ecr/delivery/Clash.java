package io.github.imagedelivery.ecr.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two images of one publication that are to have the same tag of the same repository. Where tags may move, the second
 * would take it from the first.
 */
final class Clash {
    static final String REMEDY =
            "give each module a repository of its own: ecr.name, in a parent POM with ${project.artifactId} in it";

    private Clash() {}

    /** Returns what the user is told of the first clash among the images; empty where each tag is wanted by one image. */
    static Optional<DeliveryException> among(List<StagedImage> images) {
        Map<String, StagedImage> wanted = new HashMap<>();
        for (StagedImage image : images) {
            for (TagChange change : image.plan().changes()) {
                String name = image.uri() + ":" + change.tag();
                StagedImage earlier = wanted.putIfAbsent(name, image);
                if (earlier != null && !earlier.digest().equals(image.digest())) {
                    return Optional.of(refusal(name, earlier, image));
                }
            }
        }
        return Optional.empty();
    }

    private static DeliveryException refusal(String name, StagedImage earlier, StagedImage later) {
        return DeliveryException.ofUser(
                "Two images are to be " + name + "; nothing was tagged",
                earlier.module() + " is " + earlier.digest() + ", " + later.module() + " is " + later.digest(),
                REMEDY);
    }
}
