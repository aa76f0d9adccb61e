package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What stands above each page of the site for a documentation generator. */
class FrontMatterTest {
    private static final Path SITE = Path.of("src/site");
    private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\n(.*?\n)---\n# ([^\n]+)\n", Pattern.DOTALL);

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(SITE.resolve("markdown"))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isWhatTheSchemaSays(Path page) throws IOException {
        assertThat(problems(frontMatter(page).group(1))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isNamedLikeThePage(Path page) throws IOException {
        MatchResult found = frontMatter(page);

        assertThat(found.group(1))
                .contains("id: " + page.getFileName().toString().replace(".md", "") + "\n")
                .contains("title: " + found.group(2) + "\n");
    }

    @Test
    void ofTheGuideSaysHowToRollBackAndWhatIsWatched() throws IOException {
        assertThat(frontMatter(SITE.resolve("markdown/standardized-image-delivery.md"))
                        .group(1))
                .contains("risk_profile:", "rollback_strategy: git-revert", "observability_tier:", "relates_to:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: a\ntype: documentation\n",
                "id: A b\ntitle: a\ntype: documentation\n",
                "id: a\ntitle: a\ntype: poem\n",
                "id: a\ntitle: a\ntype: documentation\nauthor: me\n",
                "id: a\ntitle: a\ntype: documentation\nrisk_profile:\n  security_risk: none\n",
                "id: a\ntitle: a\ntype: documentation\nrelates_to: b\n"
            })
    void isRefusedWhereAGeneratorCouldNotRelyOnIt(String frontMatter) throws IOException {
        assertThat(problems(frontMatter)).isNotEmpty();
    }

    private static MatchResult frontMatter(Path page) throws IOException {
        List<MatchResult> found =
                FRONT_MATTER.matcher(Files.readString(page)).results().toList();
        assertThat(found).as("front matter of " + page).hasSize(1);
        return found.get(0);
    }

    private static List<String> problems(String frontMatter) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                .getSchema(Files.readString(SITE.resolve("front-matter.schema.json")), InputFormat.JSON);
        String json = new ObjectMapper()
                .writeValueAsString(new Yaml(new SafeConstructor(new LoaderOptions())).load(frontMatter));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
