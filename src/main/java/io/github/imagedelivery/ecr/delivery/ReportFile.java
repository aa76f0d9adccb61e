package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.page.ImageReport;
import io.github.imagedelivery.ecr.page.ReportPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file {@code report.html}: what is in {@code push.json}, for a reader. */
final class ReportFile {
    static final String NAME = "report.html";

    /** What nobody reads to its end is cut. */
    private static final int LONGEST_DIFFERENCE = 64 * 1024;

    private ReportFile() {}

    /** Writes the page of a delivery that has ended. */
    static void write(Path directory, Json report) throws IOException {
        Files.writeString(directory.resolve(NAME), ReportPage.of(read(directory, report)), UTF_8);
    }

    /** Returns the report with what lies beside it. */
    static ImageReport read(Path directory, Json report) throws IOException {
        Path difference = directory.resolve(Comparer.FILE);
        if (!Files.isRegularFile(difference)) {
            return new ImageReport(report, "");
        }
        try (InputStream in = Files.newInputStream(difference)) {
            return new ImageReport(report, new String(in.readNBytes(LONGEST_DIFFERENCE), UTF_8));
        }
    }

    static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(NAME));
    }
}
