package io.github.imagedelivery.ecr.page;

import io.github.imagedelivery.ecr.oci.Texts;
import io.github.imagedelivery.ecr.page.ImageReport.Blob;
import io.github.imagedelivery.ecr.page.ImageReport.Platform;
import java.util.ArrayList;
import java.util.List;

/** What an image consists of, by size and by how it came into the repository. */
final class LayersSection {
    private final ImageReport report;
    private final int level;

    private LayersSection(ImageReport report, int level) {
        this.report = report;
        this.level = level;
    }

    static Html of(ImageReport report, int level) {
        return report.platforms().isEmpty() ? Html.NONE : new LayersSection(report, level).section();
    }

    private Html section() {
        List<Html> pieces = new ArrayList<>();
        pieces.add(Html.of("h" + level, "Layers"));
        pieces.add(legend());
        List<Platform> platforms = report.platforms();
        for (Platform platform : platforms) {
            if (platforms.size() > 1) {
                pieces.add(Html.of("h" + (level + 1), platform.name()));
                pieces.add(Html.of("p", Figures.copied(platform.digest(), "Digest for " + platform.name())));
            }
            pieces.add(bar(platform));
            pieces.add(table(platform));
        }
        return Html.of("section", pieces);
    }

    /** Says what the looks mean, and how much there is of each. */
    private Html legend() {
        List<Html> items = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            List<Blob> blobs = report.blobs().values().stream()
                    .filter(blob -> blob.fate() == fate)
                    .toList();
            if (!blobs.isEmpty()) {
                items.add(Html.of(
                        "li",
                        Figures.mark(fate.word()),
                        Html.of("strong", fate.word()),
                        Html.text(" " + Texts.size(report.size(fate)) + " in "
                                + Figures.counted(blobs.size(), "blob", "blobs") + ", " + fate.meaning())));
            }
        }
        return Html.of("ul", items).in("legend");
    }

    private static Html bar(Platform platform) {
        List<Strip.Part> parts = platform.blobs().stream()
                .map(blob -> new Strip.Part(
                        blob.size(),
                        blob.fate().word(),
                        blob.name() + ", " + Texts.size(blob.size()) + ", "
                                + blob.fate().word()))
                .toList();
        return Html.of("div", Strip.of(parts).picture("The layers by size; the table says the same"))
                .in("bar");
    }

    private static Html table(Platform platform) {
        long largest = platform.blobs().stream().mapToLong(Blob::size).max().orElse(1);
        List<Html> rows = platform.blobs().stream()
                .map(blob -> Figures.row(
                        Html.text(blob.name()),
                        Figures.size(blob.size()),
                        Strip.share(blob.size(), largest, blob.fate().word()),
                        blob.fate().marked(),
                        Figures.digest(blob.digest())))
                .toList();
        String caption = "Layers and config" + (platform.name().isEmpty() ? "" : " for " + platform.name());
        return Figures.table("layers", caption, List.of("Layer", "Size", "", "Fate", "Digest"), rows);
    }
}
