package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import java.util.List;

/**
 * How the content of several images came to be in their repositories, in bytes of layers and configs.
 *
 * @param images how many images
 * @param uploaded bytes that were sent
 * @param mounted bytes that the registry took from other repositories of its own
 * @param reused bytes that were in the repositories before
 */
public record Transfers(int images, long uploaded, long mounted, long reused) {
    static Transfers of(List<StagedImage> images) {
        return new Transfers(
                images.size(), sum(images, Fate.UPLOADED), sum(images, Fate.MOUNTED), sum(images, Fate.REUSED));
    }

    private static long sum(List<StagedImage> images, Fate fate) {
        return images.stream()
                .map(image -> image.details().report().get("bytes").get(Reporter.word(fate)))
                .mapToLong(bytes -> bytes.number().orElse(0))
                .sum();
    }

    /** Returns the bytes that were not sent. */
    public long saved() {
        return mounted + reused;
    }
}
