package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.page.ImageReport;
import io.github.imagedelivery.ecr.page.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page of all images of a build, made of the reports that their deliveries have left. */
public final class BuildReport {
    private BuildReport() {}

    /**
     * Writes {@code report.html}.
     *
     * @param reports the modules' report directories, in the order of the page
     * @param directory directory of the page
     * @return how many images the page is of; where there is none, no page is written
     * @throws IOException if the page cannot be written
     */
    public static int write(List<Path> reports, Path directory) throws IOException {
        List<ImageReport> images = new ArrayList<>();
        for (Path module : reports) {
            Optional<Json> report = PushFile.read(module);
            if (report.isPresent()) {
                images.add(ReportFile.read(module, report.get()));
            }
        }
        if (!images.isEmpty()) {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(ReportFile.NAME), ReportPage.ofAll(images), UTF_8);
        }
        return images.size();
    }

    /** Removes what {@link #write} of an earlier build has left. */
    public static void forget(Path directory) throws IOException {
        ReportFile.remove(directory);
    }
}
