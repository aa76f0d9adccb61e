package io.github.imagedelivery.ecr.page;

import io.github.imagedelivery.ecr.oci.Texts;
import io.github.imagedelivery.ecr.page.ImageReport.Blob;
import io.github.imagedelivery.ecr.page.ImageReport.Platform;
import io.github.imagedelivery.ecr.page.ImageReport.Previous;
import io.github.imagedelivery.ecr.page.ImageReport.TagChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the tags pointed at before, and in what the image differs from that one, as far as it is known. */
final class ChangesSection {
    private final ImageReport report;

    private ChangesSection(ImageReport report) {
        this.report = report;
    }

    static Html of(ImageReport report, int level) {
        if (report.tags().isEmpty() && report.difference().isEmpty()) {
            return Html.NONE;
        }
        Html head = Html.of("h" + level, "Changes");
        return report.difference().isEmpty()
                ? Html.of("section", head, new ChangesSection(report).changes())
                : Html.of("section", head, Html.of("pre", report.difference()).with("tabindex", "0"));
    }

    private Html changes() {
        List<Html> rows = report.tags().stream().map(ChangesSection::row).toList();
        Html table = Figures.table("changes", "Tags before and now", List.of("Tag", "", "Pointed before at"), rows);
        return Html.all(table, report.previous().map(this::differences).orElseGet(this::nothingKnown));
    }

    private static Html row(TagChange tag) {
        String change = switch (tag.change()) {
            case "create" -> "new";
            case "keep" -> "as before";
            case "move" -> "moved";
            default -> tag.change();
        };
        Html before = tag.before().isEmpty() ? Html.text("nothing") : Figures.digest(tag.before());
        return Figures.row(Html.of("code", tag.tag()), Html.text(change), before);
    }

    private Html nothingKnown() {
        boolean isSame = report.tags().stream().anyMatch(tag -> tag.change().equals("keep"));
        if (isSame) {
            return Html.of("p", "The image itself is one that had a tag before: nothing in it has changed.");
        }
        Html command = Html.of("code", "mvn ecr:diff -Decr.diff.from=OLDER -Decr.diff.to=NEWER");
        return Html.of(
                "p",
                Html.text("No tag was moved, so this run does not know what was published before. "),
                command,
                Html.text(" compares two versions, file by file."));
    }

    private Html differences(Previous previous) {
        Html since = Html.of(
                "p",
                Html.text("Compared with "),
                Figures.digest(previous.digest()),
                Html.text(", which had the tag "),
                Html.of("code", previous.tag()),
                Html.text(":"));
        return Html.all(since, previous.platforms().isEmpty() ? layers(previous.layers()) : platforms(previous));
    }

    private Html layers(List<Blob> before) {
        List<Blob> now = report.platforms().stream()
                .limit(1)
                .flatMap(platform -> platform.layers().stream())
                .toList();
        if (now.isEmpty()) {
            return Html.of("p", "What it consists of is not in the report.");
        }
        List<Blob> added = without(now, before);
        List<Blob> gone = without(before, now);
        List<Html> rows = new ArrayList<>();
        added.forEach(blob -> rows.add(change("only now", blob)));
        gone.forEach(blob -> rows.add(change("only before", blob)));
        long same = size(now) - size(added);
        Html summary = Html.of(
                "p",
                Figures.counted(now.size() - added.size(), "layer is", "layers are") + " the same ("
                        + Texts.size(same) + "), " + added.size() + " only in this image (" + Texts.size(size(added))
                        + "), " + gone.size() + " only in the one before (" + Texts.size(size(gone)) + ").");
        return rows.isEmpty()
                ? summary
                : Html.all(
                        summary,
                        Figures.table("changes", "Layers that differ", List.of("Layer", "", "Size", "Digest"), rows));
    }

    private static Html change(String side, Blob blob) {
        String name = blob.name().isEmpty() ? "layer" : blob.name();
        return Figures.row(Html.text(name), Html.text(side), Figures.size(blob.size()), Figures.digest(blob.digest()));
    }

    private static List<Blob> without(List<Blob> blobs, List<Blob> others) {
        Set<String> digests = others.stream().map(Blob::digest).collect(Collectors.toSet());
        return blobs.stream().filter(blob -> !digests.contains(blob.digest())).toList();
    }

    private static long size(List<Blob> blobs) {
        return blobs.stream().mapToLong(Blob::size).sum();
    }

    private Html platforms(Previous previous) {
        List<Html> rows = new ArrayList<>();
        for (Platform platform : report.platforms()) {
            boolean isSame = previous.platforms().stream()
                    .anyMatch(before -> before.digest().equals(platform.digest()));
            rows.add(Figures.row(
                    Html.text(platform.name()),
                    Html.text(isSame ? "the same" : "another image"),
                    Figures.digest(platform.digest())));
        }
        return Figures.table("changes", "Platforms", List.of("Platform", "", "Now"), rows);
    }
}
