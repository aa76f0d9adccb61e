package io.github.imagedelivery.ecr.page;

import java.util.ArrayList;
import java.util.List;

/** All that a page says of one image. */
final class ImageSection {
    private final ImageReport report;
    private final int level;

    /**
     * Creates the section.
     *
     * @param level of its heading; what is in it is one deeper
     */
    ImageSection(ImageReport report, int level) {
        this.report = report;
        this.level = level;
    }

    /** Returns its heading and the facts, which come first on a page. */
    Html head() {
        Html name = Html.of("h" + level, report.module());
        Html title = Html.of("div", name, report.verdict().badge()).in("title");
        Html lead = Html.of("p", report.verdict().meaning()).in("lead");
        List<Html> facts = facts();
        return facts.isEmpty() ? Html.all(title, lead) : Html.all(title, lead, Html.of("dl", facts));
    }

    private List<Html> facts() {
        List<Html> facts = new ArrayList<>();
        report.started().ifPresent(started -> facts.add(Figures.fact("Begun", Figures.time(started))));
        if (!report.phases().isEmpty()) {
            facts.add(Figures.fact("Took", Html.text(Figures.duration(report.millis()))));
        }
        if (!report.platforms().isEmpty()) {
            long size = report.size();
            long sent = report.size(Fate.UPLOADED);
            facts.add(Figures.fact("Image", Figures.size(size)));
            facts.add(Figures.fact("Sent", Figures.size(sent)));
            facts.add(Figures.fact("Not sent", Html.text(Figures.percent(size - sent, size))));
        }
        report.requests().ifPresent(requests -> facts.add(Figures.fact("Requests", Html.text(requests.toString()))));
        return facts;
    }

    /** Returns all that follows. */
    Html body() {
        return Html.all(
                error(),
                names(),
                LayersSection.of(report, level + 1),
                TimelineSection.of(report, level + 1),
                ChangesSection.of(report, level + 1));
    }

    private Html error() {
        if (report.error().isEmpty()) {
            return Html.NONE;
        }
        List<Html> lines =
                report.error().stream().map(line -> Html.of("p", line)).toList();
        return Html.of("section", Html.of("h" + (level + 1), "Error"), Html.of("div", lines))
                .in("error");
    }

    private Html names() {
        if (report.image().isEmpty()) {
            return Html.NONE;
        }
        List<Html> rows = new ArrayList<>();
        tag("Version tag", report.coordinate("version"), report.source("version"), rows);
        report.additionalTags().forEach(tag -> tag("Additional tag", tag, "", rows));
        tag("SHA tag", report.coordinate("sha"), report.source("sha"), rows);
        rows.add(name("Digest", report.image(), Html.NONE));
        if (!report.imageId().isEmpty()) {
            rows.add(name("Image ID", report.imageId(), Html.text("digest of the config")));
        }
        if (!report.base().isEmpty()) {
            rows.add(name("Base", report.base(), Html.text(report.platform())));
        }
        return Html.of(
                "section",
                Html.of("h" + (level + 1), "Names"),
                Figures.table("names", "Names of " + report.module(), List.of("", "Name", "From"), rows),
                kind());
    }

    private void tag(String what, String tag, String source, List<Html> rows) {
        if (!tag.isEmpty()) {
            rows.add(name(what, report.repository() + ":" + tag, Html.text(source)));
        }
    }

    private static Html name(String what, String value, Html source) {
        return Figures.row(Html.text(what), Figures.copied(value, what), source);
    }

    private Html kind() {
        if (report.isAdopted()) {
            return note("The image was in the repository before and was published as it is.");
        }
        return report.isPrebuilt() ? note("The image was built by another tool.") : Html.NONE;
    }

    private static Html note(String text) {
        return Html.of("p", text).in("note");
    }
}
