package io.github.imagedelivery.ecr.delivery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an earlier build has staged and none has published since.
 *
 * @param module what messages call the module
 * @param image the image, {@code repository@digest}
 * @param tags the tags that it was staged for, for a reader
 */
public record StagedEarlier(String module, String image, String tags) {
    /**
     * Looks into a module's report directory.
     *
     * @return what was left there; empty where there is nothing, or nothing that could be published
     */
    public static Optional<StagedEarlier> in(Path reports) {
        // One that was superseded has been published: doing so again would take the tag from the later build.
        boolean isSuperseded = LastRun.in(reports)
                .flatMap(LastRun::result)
                .filter(Result.SUPERSEDED::equals)
                .isPresent();
        if (!StagedFile.isIn(reports) || Files.exists(reports.resolve(Reporter.DIGEST)) || isSuperseded) {
            return Optional.empty();
        }
        try {
            StagedFile staged = StagedFile.read(reports);
            Coordinates coordinates = staged.coordinates();
            return Optional.of(new StagedEarlier(
                    staged.module(),
                    staged.repository().uri() + "@" + staged.image().digest(),
                    coordinates.tagNames()));
        } catch (DeliveryException e) {
            return Optional.empty();
        }
    }
}
