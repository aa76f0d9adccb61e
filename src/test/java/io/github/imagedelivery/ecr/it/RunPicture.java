package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A picture of a terminal, drawn from what a build has printed of its images. The SHA of the commit is cut short. */
final class RunPicture {
    private static final Pattern SHOWN =
            Pattern.compile("[a-z]+: (?:published|no image|packed|staged).*" + "|[0-9]+ images: .*|BUILD [A-Z]+");
    private static final Pattern LINE = Pattern.compile("<text [^>]*>(.*)</text>");
    private static final int LINE_HEIGHT = 20;
    private static final double CHARACTER_WIDTH = 7.85;

    private final List<String> lines;

    private RunPicture(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Takes what is worth showing of a log. */
    static RunPicture of(String log) {
        List<String> lines = new ArrayList<>(List.of("$ mvn deploy -T2"));
        log.lines()
                .filter(line -> line.startsWith("[INFO] "))
                .map(line -> line.substring("[INFO] ".length()).strip())
                .filter(line -> SHOWN.matcher(line).matches())
                .map(line -> line.replaceAll("\\b([0-9a-f]{7})[0-9a-f]{33}\\b", "$1"))
                .forEach(lines::add);
        return new RunPicture(lines);
    }

    void write(Path file) throws IOException {
        int width = (int) (lines.stream().mapToInt(String::length).max().orElse(0) * CHARACTER_WIDTH) + 48;
        int height = lines.size() * LINE_HEIGHT + 56;
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" \
                font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13">
                <title>mvn deploy -T2 of a fleet: seven images are staged, then published together</title>
                <style>
                .page { fill: #f6f8fa; stroke: #d1d9e0; }
                text { fill: #1f2328; }
                .good { fill: #1a7f37; }
                .quiet { fill: #59636e; }
                @media (prefers-color-scheme: dark) {
                .page { fill: #0d1117; stroke: #3d444d; }
                text { fill: #d9e0e8; }
                .good { fill: #7ee787; }
                .quiet { fill: #9198a1; }
                }
                </style>
                <rect class="page" x="0.5" y="0.5" width="%3$d" height="%4$d" rx="8"/>
                <circle cx="20" cy="18" r="5" fill="#ff5f57"/><circle cx="38" cy="18" r="5" fill="#febc2e"/>\
                <circle cx="56" cy="18" r="5" fill="#28c840"/>
                """, width, height, width - 1, height - 1));
        int y = 50;
        for (String line : lines) {
            svg.append("<text x=\"24\" y=\"")
                    .append(y)
                    .append("\" xml:space=\"preserve\"")
                    .append(look(line))
                    .append('>')
                    .append(line.replace("&", "&amp;").replace("<", "&lt;"))
                    .append("</text>\n");
            y += LINE_HEIGHT;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static String look(String line) {
        if (line.contains(": published") || line.startsWith("BUILD SUCCESS")) {
            return " class=\"good\"";
        }
        return line.contains("no image") ? " class=\"quiet\"" : "";
    }

    /** Requires that the picture in a file shows such a run: the same lines, but for numbers and the order of modules. */
    void requireLike(Path file) throws IOException {
        List<String> drawn = LINE.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(drawn.stream().map(RunPicture::ofItsKind).distinct())
                .as("lines of %s, as target/it/fleet/target/fleet-run.svg has them", file)
                .containsExactlyInAnyOrderElementsOf(
                        lines.stream().map(RunPicture::ofItsKind).distinct().toList());
    }

    private static String ofItsKind(String line) {
        return line.replaceAll("\\b[0-9a-f]{7}\\b", "SHA")
                .replaceAll("[0-9.]+ (bytes|[kM]B)", "SIZE")
                .replaceAll("[0-9]+ blobs?", "BLOBS")
                .replaceAll(", SIZE of it mounted", "");
    }
}
