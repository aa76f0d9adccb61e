package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges each run by the same rules, whatever happened to it: what the result says is true of the registry, at once and
 * when all is quiet; the user is told once and clearly; nothing is given away or left behind; the next run succeeds.
 */
final class Oracle {
    private final Spot spot;
    private final Map<String, Digest> before;

    Oracle(Spot spot, Map<String, Digest> before) {
        this.spot = spot;
        this.before = Map.copyOf(before);
    }

    /**
     * Judges a run that met a fault.
     *
     * @param quiet what the tags point at once all that was held has been applied
     * @param secrets what must not be shown anywhere
     */
    void judge(Outcome outcome, Map<String, Digest> quiet, Set<String> secrets) {
        agree(outcome);
        speaksClearly(outcome);
        keepsSecrets(outcome, secrets);
        leavesNothingBehind(outcome);
        tagsAreAsSaid(outcome, outcome.tags());
        isInOrder(outcome.tags());
        tagsAreAsSaidWhenQuiet(outcome, quiet);
        isInOrder(quiet);
    }

    /** Judges the run after it, which met no fault. */
    void judgeNext(Outcome outcome, Set<String> secrets) {
        agree(outcome);
        keepsSecrets(outcome, secrets);
        leavesNothingBehind(outcome);
        assertThat(outcome.result())
                .as("an undisturbed run: %s", outcome.error())
                .isIn(Result.PUBLISHED, Result.ALREADY_PUBLISHED);
        assertThat(outcome.tags()).as("tags after an undisturbed run").isEqualTo(published());
    }

    private Map<String, Digest> published() {
        Map<String, Digest> both = new HashMap<>(before);
        both.put(TestModule.SHA, spot.image());
        both.put(spot.version(), spot.image());
        spot.additional().forEach(tag -> both.put(tag, spot.image()));
        return both;
    }

    /** Result, report, log and files say the same. */
    private void agree(Outcome outcome) {
        Optional<Result> published = outcome.publication().map(Publication::result);
        published.ifPresent(result -> assertThat(outcome.result()).as("report").isEqualTo(result));
        assertThat(outcome.events().stream()
                        .filter(event -> event.startsWith("published "))
                        .toList())
                .as("the log")
                .isEqualTo(published
                        .map(result -> List.of("published " + spot.repository() + " " + result))
                        .orElse(List.of()));
        boolean success = outcome.result().isSuccess();
        assertThat(outcome.error().isEmpty()).as("an error is told").isEqualTo(success);
        Json error = outcome.report().get("error");
        assertThat(error.items().stream().map(line -> line.text().orElse("")).toList())
                .as("the report's error")
                .isEqualTo(outcome.error()
                        .map(e -> e.getMessage().lines().map(String::strip).toList())
                        .orElse(List.of()));
        String image = spot.image().toString();
        assertThat(Optional.ofNullable(outcome.files().get("ecr/digest")))
                .as("the file of the digest")
                .isEqualTo(success ? Optional.of(image) : Optional.empty());
        if (published.isPresent()) {
            assertThat(outcome.report().get("digest").text()).contains(image);
        }
    }

    /** One message of three lines, and what it says of the registry is so. */
    private void speaksClearly(Outcome outcome) {
        if (outcome.error().isEmpty()) {
            return;
        }
        String message = outcome.error().get().getMessage();
        assertThat(message).matches("\\S[^\n]+\n  cause: \\S[^\n]+\n  to fix: \\S[^\n]+");
        if (message.contains("nothing was sent") || message.contains("nothing was built or sent")) {
            assertThat(outcome.writes())
                    .as("sent although it says: %s", message)
                    .isEmpty();
        }
        if (message.contains("nothing was tagged") || message.contains("Nothing was")) {
            assertThat(outcome.tags()).as(message).isEqualTo(before);
        }
    }

    private static void keepsSecrets(Outcome outcome, Set<String> secrets) {
        StringBuilder shown = new StringBuilder(outcome.events().toString());
        outcome.files().forEach((name, content) -> shown.append(name).append(content));
        for (Throwable e = outcome.error().orElse(null); e != null; e = e.getCause()) {
            shown.append(e);
        }
        for (String secret : secrets) {
            assertThat(shown.indexOf(secret)).as("a secret is shown").isNegative();
        }
    }

    private static void leavesNothingBehind(Outcome outcome) {
        assertThat(outcome.files().keySet())
                .as("files left")
                .noneMatch(file -> file.contains("spill/") || file.contains("tmp"));
        assertThat(outcome.files().keySet().stream().filter(file -> file.startsWith("ecr/")))
                .as("report files")
                .isSubsetOf("ecr/push.json", "ecr/digest", "ecr/image-id", "ecr/report.html");
    }

    private void tagsAreAsSaid(Outcome outcome, Map<String, Digest> tags) {
        Result result = outcome.result();
        switch (result) {
            case PUBLISHED, ALREADY_PUBLISHED ->
                assertThat(tags).as("tags of a success").isEqualTo(published());
            case FAILED_CLEAN -> assertThat(tags).as("tags of a clean failure").isEqualTo(before);
            case REFUSED -> {
                assertThat(tags).as("tags of a refusal").isEqualTo(before);
                assertThat(outcome.writes()).as("requests of a refusal").isEmpty();
            }
            case FAILED_LEFT_SHA -> {
                assertThat(tags).as("tags of a failure that left some").isNotEqualTo(before);
                isBetween(tags);
                for (String tag : tags.keySet()) {
                    if (!tags.get(tag).equals(before.get(tag))) {
                        assertThat(outcome.error().orElseThrow().getMessage()).contains("imageTag=" + tag);
                    }
                }
            }
            case UNKNOWN -> {
                isBetween(tags);
                assertThat(outcome.error().orElseThrow().getMessage()).contains(spot.repository());
            }
            case SUPERSEDED -> assertThat(result).as("nobody else was there").isNotEqualTo(Result.SUPERSEDED);
        }
    }

    /** What was held may have been applied since; what was said for certain is still so. */
    private void tagsAreAsSaidWhenQuiet(Outcome outcome, Map<String, Digest> quiet) {
        if (outcome.result() == Result.FAILED_LEFT_SHA || outcome.result() == Result.UNKNOWN) {
            isBetween(quiet);
        } else {
            tagsAreAsSaid(outcome, quiet);
        }
    }

    /** Each tag is as before or as published; those of others are as before. */
    private void isBetween(Map<String, Digest> tags) {
        Map<String, Digest> published = published();
        assertThat(published.keySet()).as("tags").containsAll(tags.keySet());
        for (String tag : published.keySet()) {
            if (!Optional.ofNullable(tags.get(tag)).equals(Optional.ofNullable(before.get(tag)))) {
                assertThat(tags.get(tag)).as("tag %s", tag).isEqualTo(published.get(tag));
            }
        }
    }

    /** The version is never on the image without the other tags. */
    private void isInOrder(Map<String, Digest> tags) {
        if (spot.image().equals(tags.get(spot.version()))) {
            assertThat(tags).as("version without SHA").containsEntry(TestModule.SHA, spot.image());
            assertThat(spot.additional())
                    .as("version without additional tags")
                    .allSatisfy(tag -> assertThat(tags).containsEntry(tag, spot.image()));
        }
    }
}
