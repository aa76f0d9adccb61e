package io.github.imagedelivery.ecr.page;

import java.util.ArrayList;
import java.util.List;

/** The page of what became of one image, or of all images of a build. */
public final class ReportPage {
    private ReportPage() {}

    /** Returns the page of one image. */
    public static String of(ImageReport report) {
        ImageSection image = new ImageSection(report, 1);
        return Page.of(
                report.module() + ": " + report.verdict().words(),
                Html.of("header", image.head()),
                Html.of("main", image.body()).with("id", "content"),
                footer());
    }

    /** Returns the page of several images, in this order. */
    public static String ofAll(List<ImageReport> reports) {
        if (reports.size() == 1) {
            return of(reports.get(0));
        }
        FleetSections fleet = new FleetSections(reports);
        List<Html> sections = new ArrayList<>(List.of(fleet.services(), fleet.timeline()));
        for (int i = 0; i < reports.size(); i++) {
            sections.add(article(reports.get(i)).with("id", FleetSections.anchor(i)));
        }
        return Page.of(
                reports.size() + " images",
                Html.of("header", fleet.head()),
                Html.of("main", sections).with("id", "content"),
                footer());
    }

    private static Html article(ImageReport report) {
        ImageSection image = new ImageSection(report, 2);
        Html up = Html.of("a", "All services").with("href", "#content");
        return Html.of(
                "article",
                Html.of("header", image.head()),
                image.body(),
                Html.of("p", up).in("note"));
    }

    private static Html footer() {
        return Html.of(
                "footer", Html.of("p", Html.text("Made by ecr-maven-plugin from "), Html.of("code", "push.json")));
    }
}
