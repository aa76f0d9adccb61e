package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.TagPlaceholder.Facts;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template of an additional tag.
 *
 * @param text what is configured; braces stand around placeholders and nothing else
 * @param placeholders the placeholders in it
 */
record TagTemplate(String text, List<TagPlaceholder> placeholders) {
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

    /** A release or a commit, which a branch may be called like: its tag belongs to the image of that one. */
    private static final Pattern OF_ONE_IMAGE =
            Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9].*|[0-9a-f]{40}|[0-9a-f]{64}");

    /** Copies the list. */
    TagTemplate {
        placeholders = List.copyOf(placeholders);
    }

    static TagTemplate parse(String text) throws DeliveryException {
        List<TagPlaceholder> placeholders = new ArrayList<>();
        for (MatchResult braces : BRACES.matcher(text).results().toList()) {
            Optional<TagPlaceholder> known = TagPlaceholder.of(braces.group(1));
            if (known.isEmpty()) {
                throw wrong(
                        text,
                        "there is no placeholder " + Texts.shown(braces.group()),
                        "use some of " + TagPlaceholder.all());
            }
            placeholders.add(known.get());
        }
        return new TagTemplate(text, placeholders);
    }

    /** Tells whether it is left out for this version: a pre-release is not what the numbers alone stand for. */
    boolean isForReleasesOnly() {
        return placeholders.contains(TagPlaceholder.MAJOR) || placeholders.contains(TagPlaceholder.MINOR);
    }

    /** Returns the tag, ended by the suffix. */
    AdditionalTag tag(Facts facts, String suffix) throws DeliveryException {
        for (TagPlaceholder placeholder : placeholders) {
            if (placeholder.value(facts).isEmpty()) {
                throw wrong(
                        text,
                        placeholder + ": " + Texts.shown(placeholder.absence(facts)),
                        "leave the tag out of ecr.additionalTags in such a build");
            }
        }
        String filled = BRACES.matcher(text).replaceAll(braces -> Matcher.quoteReplacement(value(braces, facts)));
        boolean moves = placeholders.stream().noneMatch(placeholder -> placeholder.isWrittenOnce(facts))
                && !(placeholders.contains(TagPlaceholder.BRANCH)
                        && OF_ONE_IMAGE.matcher(filled).matches());
        try {
            return new AdditionalTag(Tag.parse(filled + suffix), text, moves);
        } catch (FormatException e) {
            throw wrong(text, e.getMessage(), "change the template so that it gives a legal tag");
        }
    }

    private static String value(MatchResult braces, Facts facts) {
        return TagPlaceholder.of(braces.group(1))
                .flatMap(placeholder -> placeholder.value(facts))
                .orElseThrow();
    }

    private static DeliveryException wrong(String text, String cause, String remedy) {
        return DeliveryException.ofUser(
                "The additional tag \"" + Texts.shown(text) + "\" cannot be made", cause, remedy);
    }
}
