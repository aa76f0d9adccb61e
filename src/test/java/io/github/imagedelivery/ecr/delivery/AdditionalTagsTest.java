package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.TagPlaceholder.Facts;
import io.github.imagedelivery.ecr.oci.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdditionalTagsTest {
    private static final String SHA = TestModule.SHA;

    private static Facts facts(String version) {
        return new Facts(
                SHA,
                version,
                version.endsWith("-SNAPSHOT"),
                Optional.of("feature/login#2"),
                Optional.of(Instant.parse("2026-11-23T10:05:07Z")));
    }

    private static AdditionalTags tags(Facts facts, String suffix, String... templates) throws DeliveryException {
        return AdditionalTags.of(
                AdditionalTags.templates(Arrays.asList(templates)),
                facts,
                suffix,
                List.of(new Tag(SHA + suffix), new Tag(facts.version() + suffix)));
    }

    @ParameterizedTest
    @CsvSource({
        "{sha}-jre, 1.4.0, 0123456789abcdef0123456789abcdef01234567-jre, false",
        "{shortSha}, 1.4.0, 0123456, false",
        "v{version}, 1.4.0, v1.4.0, false",
        "{version}-jre, 1.4.0-SNAPSHOT, 1.4.0-SNAPSHOT-jre, true",
        "{major}, 1.4.0, 1, true",
        "{major}.{minor}, 1.4.0, 1.4, true",
        "{major}.{minor}-jre, 2026.11, 2026.11-jre, true",
        "{major}-jre, 7, 7-jre, true",
        "{major}, 1.4.0_build5, 1, true",
        "{major}-{shortSha}, 1.4.0, 1-0123456, false",
        "{branch}, 1.4.0, feature-login-2, true",
        "{timestamp}, 1.4.0, 20261123100507, false",
        "latest, 1.4.0, latest, true"
    })
    void fillsATemplateAndTellsWhetherItsTagMoves(String template, String version, String tag, boolean moves)
            throws Exception {
        assertThat(tags(facts(version), "", template).tags())
                .containsExactly(new AdditionalTag(new Tag(tag), template, moves));
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.0, false",
        "v1.4.0-rc.1, false",
        "1.4, true",
        "1.4.x, true",
        "release-1.4.0, true",
        "ffffffffffffffffffffffffffffffffffffffff, false"
    })
    void movesNoTagOfABranchThatIsCalledLikeAReleaseOrACommit(String branch, boolean moves) throws Exception {
        Facts facts = new Facts(SHA, "2.0.0", false, Optional.of(branch), Optional.empty());

        assertThat(tags(facts, "", "{branch}").tags())
                .containsExactly(new AdditionalTag(new Tag(branch), "{branch}", moves));
    }

    @ParameterizedTest
    @CsvSource({
        "{patch}, 1.4.0, there is no placeholder {patch}",
        "{}, 1.4.0, there is no placeholder {}",
        "{sha, 1.4.0, is not a legal tag",
        "a b, 1.4.0, is not a legal tag",
        "{major}, main, {major}: the version main does not begin with a number",
        "{major}.{minor}, 7, {minor}: the version 7 does not begin with two numbers"
    })
    void refusesWhatGivesNoTag(String template, String version, String cause) {
        assertThatThrownBy(() -> tags(facts(version), "", template))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("The additional tag \"" + template + "\" cannot be made\n  cause: ")
                .hasMessageContaining(cause);
    }

    @Test
    void tellsOfAllThatIsNotToBeHad() {
        Facts facts = new Facts(SHA, "1.4.0", false, Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> tags(facts, "", "{branch}", "{timestamp}", "latest"))
                .hasMessageContaining("{branch}: no branch is checked out")
                .hasMessageContaining("{timestamp}: the time of the commit is not known");
    }

    @ParameterizedTest
    @CsvSource({"1.4.0-SNAPSHOT", "2.0.0-rc.1", "1.4-beta"})
    void leavesTheNumbersOfAPreReleaseOut(String version) throws Exception {
        AdditionalTags tags = tags(facts(version), "", "{major}", "{major}.{minor}", "edge");

        assertThat(tags.tags()).extracting(AdditionalTag::tag).containsExactly(new Tag("edge"));
        assertThat(tags.leftOut()).containsExactly("{major}", "{major}.{minor}");
    }

    @Test
    void givesNoTagTwice() throws Exception {
        assertThat(tags(facts("1.4.0"), "", "{version}", "{sha}", "1", "{major}", "0123456", "{shortSha}")
                        .tags())
                .containsExactly(
                        new AdditionalTag(new Tag("1"), "{major}", true),
                        new AdditionalTag(new Tag("0123456"), "{shortSha}", false));
    }

    @Test
    void endsLikeTheOthersInADirtyWorkingCopy() throws Exception {
        assertThat(tags(facts("1.4.0"), "-dirty", "{major}", "latest").tags())
                .extracting(tag -> tag.tag().value())
                .containsExactly("1-dirty", "latest-dirty");
    }

    @Test
    void refusesMoreThanCanBeReadInOneRequest() {
        assertThatThrownBy(() -> tags(facts("1.4.0"), "", "a".repeat(21).split("")))
                .hasMessageContaining("ecr.additionalTags has 21 elements; 20 are the most");
    }
}
