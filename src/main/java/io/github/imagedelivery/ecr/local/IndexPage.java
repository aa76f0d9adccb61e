package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page for a browser: what is in the registry, in one document that loads nothing and runs no script. */
final class IndexPage implements Handler {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int SHORT_DIGEST = 12;

    private final Settings settings;
    private final Repositories repositories;

    IndexPage(Settings settings, Repositories repositories) {
        this.settings = settings;
        this.repositories = repositories;
    }

    @Override
    public Reply answer(Call call) {
        return Reply.text(200, "text/html; charset=utf-8", document(call.host()))
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "no-store");
    }

    private String document(String host) {
        List<RepositoryState> all = repositories.all();
        LayerPlaces places = LayerPlaces.of(all);
        String body = all.isEmpty()
                ? "<p class=\"empty\">There is no repository yet. Push an image, or create one with"
                        + " <code>aws ecr create-repository --repository-name NAME</code>.</p>"
                : all.stream().map(state -> repository(state, places)).collect(Collectors.joining("\n"));
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s: local ECR</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <header class="page">
                <h1>Local ECR</h1>
                <dl>%3$s</dl>
                </header>
                <main>
                %4$s
                </main>
                </body>
                </html>
                """.formatted(Xml.escaped(host), PageStyle.CSS, facts(host, all, places), body);
    }

    private String facts(String host, List<RepositoryState> all, LayerPlaces places) {
        int images = all.stream().mapToInt(state -> state.images().size()).sum();
        return fact("Registry", "<code>" + Xml.escaped(host) + "</code>")
                + fact("Account", Xml.escaped(settings.account()))
                + fact("Region", Xml.escaped(settings.region()))
                + fact(
                        "Content",
                        counted(all.size(), "repository", "repositories") + ", " + counted(images, "image", "images"))
                + fact("Layers in several repositories", Long.toString(places.shared()));
    }

    private static String repository(RepositoryState state, LayerPlaces places) {
        List<Image> images = new ArrayList<>(state.images());
        Collections.reverse(images);
        String rows = images.isEmpty()
                ? "<p class=\"empty\">No image yet.</p>"
                : images.stream().map(image -> image(state, image, places)).collect(Collectors.joining("\n"));
        return """
                <section>
                <h2>%s <small>%s</small></h2>
                %s
                %s
                </section>""".formatted(Xml.escaped(state.name()), rules(state.rules()), rows, history(state.history()));
    }

    /** Shows what the tags have pointed at, newest first. */
    private static String history(TagHistory history) {
        List<TagHistory.Change> changes = new ArrayList<>(history.changes());
        Collections.reverse(changes);
        return changes.isEmpty()
                ? ""
                : "<details><summary>History of tags: " + counted(changes.size(), "change", "changes") + "</summary>"
                        + changes.stream()
                                .map(change -> row(
                                        "<span class=\"tag\">" + Xml.escaped(change.tag()) + "</span>",
                                        change.digest().map(IndexPage::digest).orElse("removed"),
                                        time(change.at())))
                                .collect(Collectors.joining("", "<table>", "</table></details>"));
    }

    private static String rules(Snapshot.Rules rules) {
        String words = rules.areImmutableFor("") ? "immutable tags" : "mutable tags";
        return Xml.escaped(rules.filters().isEmpty() ? words : words + ", except " + String.join(" ", rules.filters()));
    }

    private static String image(RepositoryState state, Image image, LayerPlaces places) {
        List<String> tags = state.tagsOf(image.digest());
        String labels = tags.isEmpty()
                ? "<span class=\"untagged\">untagged</span>"
                : tags.stream()
                        .map(tag -> "<span class=\"tag\">" + Xml.escaped(tag) + "</span>")
                        .collect(Collectors.joining(" "));
        Manifest manifest = image.manifest();
        String size = manifest.isIndex() ? "" : fact("Size", size(image.size()));
        return """
                <article>
                <div class="tags">%s</div>
                <dl>%s%s%s</dl>
                <details><summary>%s</summary>%s</details>
                </article>""".formatted(
                        labels,
                        fact("Digest", "<code>" + image.digest() + "</code>"),
                        size,
                        fact("Pushed", time(image.pushedAt())),
                        manifest.isIndex()
                                ? counted(manifest.entries().size(), "platform", "platforms")
                                : counted(manifest.layers().size(), "layer", "layers"),
                        manifest.isIndex() ? platforms(manifest) : layers(state, image, places));
    }

    private static String platforms(Manifest index) {
        return index.entries().stream()
                .map(entry -> row(
                        Xml.escaped(entry.platform().toString()),
                        digest(entry.manifest().digest()),
                        ""))
                .collect(Collectors.joining("", "<table>", "</table>"));
    }

    private static String layers(RepositoryState state, Image image, LayerPlaces places) {
        long largest = Math.max(
                1,
                image.manifest().layers().stream()
                        .mapToLong(Descriptor::size)
                        .max()
                        .orElse(1));
        return image.manifest().layers().stream()
                .map(layer -> row(
                        digest(layer.digest()) + others(places.others(layer.digest(), state.name())),
                        "<span class=\"right\">" + size(layer.size()) + "</span>",
                        "<i style=\"width:" + Math.max(1, layer.size() * 100 / largest) + "%\"></i>"))
                .collect(Collectors.joining("", "<table>", "</table>"));
    }

    private static String others(List<String> repositories) {
        return repositories.isEmpty()
                ? ""
                : "<br><small>also in " + Xml.escaped(String.join(", ", repositories)) + "</small>";
    }

    private static String row(String first, String second, String third) {
        return "<tr><td>" + first + "</td><td>" + second + "</td><td class=\"bar\">" + third + "</td></tr>";
    }

    private static String fact(String name, String html) {
        return "<div><dt>" + name + "</dt><dd>" + html + "</dd></div>";
    }

    private static String digest(Digest digest) {
        return "<code title=\"" + digest + "\">sha256:" + digest.encoded().substring(0, SHORT_DIGEST) + "</code>";
    }

    private static String time(Instant instant) {
        return "<time datetime=\"" + instant.truncatedTo(ChronoUnit.SECONDS) + "\">" + TIME.format(instant) + "</time>";
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** Writes a size in powers of ten with three digits at most. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %cB" : "%.0f %cB", value, "kMGTPE".charAt(unit));
    }
}
