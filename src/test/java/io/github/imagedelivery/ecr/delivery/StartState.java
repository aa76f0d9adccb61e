package io.github.imagedelivery.ecr.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a repository holds before a push, and what the push then must come to by the rules of the site's page "Usage";
 * told apart from the code that is tested.
 *
 * @param tags which of the repository's tags may move
 * @param sha where the SHA tag points
 * @param version where the version tag points
 * @param isPromoted whether the image is there under a further tag
 * @param kind what kind of version is pushed
 */
record StartState(Tags tags, At sha, At version, boolean isPromoted, Kind kind) {
    /** Where a tag points. */
    enum At {
        FREE("free"),
        OURS("at the image"),
        OTHER("at another");

        final String title;

        At(String title) {
            this.title = title;
        }
    }

    /** Which tags of a repository may move. */
    enum Tags {
        MUTABLE("MUTABLE", false),
        IMMUTABLE("IMMUTABLE", true),
        SHA_IMMUTABLE("IMMUTABLE_WITH_EXCLUSION of versions", false),
        VERSION_IMMUTABLE("MUTABLE_WITH_EXCLUSION of versions", true);

        final String title;
        final boolean holdsVersions;

        Tags(String title, boolean holdsVersions) {
            this.title = title;
            this.holdsVersions = holdsVersions;
        }
    }

    /** A kind of version. */
    enum Kind {
        MOVING("2-SNAPSHOT", "a SNAPSHOT"),
        RELEASE("1.4.0", "a release");

        final String tag;
        final String title;

        Kind(String tag, String title) {
            this.tag = tag;
            this.title = title;
        }
    }

    /** Returns all, in their order. */
    static List<StartState> all() {
        return Stream.of(Kind.values()).flatMap(StartState::of).toList();
    }

    private static Stream<StartState> of(Kind kind) {
        return Stream.of(Tags.values())
                .flatMap(tags -> Stream.of(At.values())
                        .flatMap(sha -> Stream.of(At.values())
                                .flatMap(version -> Stream.of(false, true)
                                        .map(promoted -> new StartState(tags, sha, version, promoted, kind)))));
    }

    /** Returns how the push must end. */
    Result expected() {
        if (sha == At.OTHER) {
            return Result.REFUSED; // one commit is one image
        }
        if (version == At.OTHER && (kind == Kind.RELEASE || tags.holdsVersions)) {
            return Result.REFUSED; // a release never moves, nor what the repository holds
        }
        return sha == At.OURS && version == At.OURS ? Result.ALREADY_PUBLISHED : Result.PUBLISHED;
    }

    /** Returns the results as a table in Markdown; a further tag of the image makes no difference. */
    static List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(Stream.of(Tags.values())
                .map(tags -> tags.title)
                .collect(Collectors.joining(" | ", "| SHA tag | Version | ", " |")));
        lines.add("| --- | --- |" + " --- |".repeat(Tags.values().length));
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (StartState state : all()) {
            if (!state.isPromoted) {
                String row = "| " + state.sha.title + " | " + state.kind.title + ", " + state.version.title;
                rows.computeIfAbsent(row, key -> new ArrayList<>())
                        .add(state.expected().name());
            }
        }
        rows.forEach((row, results) -> lines.add(row + " | " + String.join(" | ", results) + " |"));
        return lines;
    }

    @Override
    public String toString() {
        return tags.title + ": SHA " + sha.title + ", " + kind.title + " " + version.title
                + (isPromoted ? ", the image promoted" : "");
    }
}
