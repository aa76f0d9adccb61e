package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.List;
import java.util.stream.Collectors;

/** Tells how to put right by hand what a publish has left behind. */
final class Repair {
    private Repair() {}

    /**
     * Returns what to do about tags that stay.
     *
     * @param uri where the image is pulled from, {@code host/repository}
     * @param left the changes that are still in force
     */
    static String of(String uri, List<TagChange> left) {
        String moved = left.stream()
                .flatMap(change -> change instanceof TagChange.Move move
                        ? List.of(move.tag() + " was " + move.previous().digest() + " before").stream()
                        : List.<String>of().stream())
                .collect(Collectors.joining(", "));
        // A tag that has moved must be pointed back, which takes the manifest; its SHA tag must not go before it.
        return moved.isEmpty()
                ? "run the build again, or, where no other run relies on it, remove it: " + removal(uri, left)
                : "run the build again: it completes what is missing; " + moved;
    }

    private static String removal(String uri, List<TagChange> left) {
        String name = uri.substring(uri.indexOf('/') + 1);
        String host = uri.substring(0, Math.max(0, uri.length() - name.length() - 1));
        return "aws ecr batch-delete-image" + registry(host) + " --repository-name " + name + " --image-ids "
                + left.stream().map(change -> "imageTag=" + change.tag()).collect(Collectors.joining(" "));
    }

    private static String registry(String host) {
        try {
            EcrHost registry = EcrHost.parse(host);
            return " --registry-id " + registry.account() + " --region " + registry.region();
        } catch (FormatException e) {
            // The embedded ECR: it is the one that the environment names.
            return "";
        }
    }
}
