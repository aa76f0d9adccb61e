package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses a SHA tag that another image has, with what differs: a few words in the message, all of it in a file.
 *
 * @param now the image that is to be published
 * @param store the repository of both images
 * @param reports directory of the file
 */
record Comparer(ComparedImage now, ContentStore store, Path reports) implements TagPlan.Comparison {
    static final String FILE = "difference.txt";

    /** Returns the comparer for an image that was staged before. */
    static Comparer ofStored(Manifest image, ContentStore store, Path reports) {
        return new Comparer(ComparedImage.stored(image, store).asBuilt(), store, reports);
    }

    @Override
    public DeliveryException refusal(Tag sha, Manifest previous, Manifest image) {
        Difference difference = new ImageComparison(ComparedImage.stored(previous, store), now).run();
        String text = "The tag " + sha + " points at another image already\n  in ECR:     " + previous.digest()
                + "\n  this build: " + image.digest() + "\n" + difference.text();
        return TagPlan.refused(
                sha,
                TagPlan.digests(sha, previous, image) + "; " + difference.summary() + written(text),
                difference.remedy());
    }

    /** Writes the file, and returns where it is; without it the refusal is the same. */
    private String written(String text) {
        Path file = reports.resolve(FILE);
        try {
            Files.createDirectories(reports);
            Files.writeString(file, text);
            return "; all of it in " + file;
        } catch (IOException e) {
            return "";
        }
    }
}
