package io.github.imagedelivery.ecr.delivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a template of an additional tag may have in braces. */
enum TagPlaceholder {
    SHA("sha") {
        @Override
        Optional<String> value(Facts facts) {
            return Optional.of(facts.sha());
        }
    },
    SHORT_SHA("shortSha") {
        @Override
        Optional<String> value(Facts facts) {
            return Optional.of(facts.sha().substring(0, SHORT));
        }
    },
    VERSION("version") {
        @Override
        Optional<String> value(Facts facts) {
            return Optional.of(facts.version());
        }

        @Override
        boolean isWrittenOnce(Facts facts) {
            return !facts.versionMoves();
        }
    },
    MAJOR("major") {
        @Override
        Optional<String> value(Facts facts) {
            return number(facts, 1);
        }

        @Override
        boolean isWrittenOnce(Facts facts) {
            return false;
        }

        @Override
        String absence(Facts facts) {
            return "the version " + facts.version() + " does not begin with a number";
        }
    },
    MINOR("minor") {
        @Override
        Optional<String> value(Facts facts) {
            return number(facts, 2);
        }

        @Override
        boolean isWrittenOnce(Facts facts) {
            return false;
        }

        @Override
        String absence(Facts facts) {
            return "the version " + facts.version() + " does not begin with two numbers";
        }
    },
    BRANCH("branch") {
        @Override
        Optional<String> value(Facts facts) {
            // A branch may be called what no tag can: feature/login, fix#12.
            return facts.branch().map(name -> name.replaceAll("[^A-Za-z0-9._-]+", "-"));
        }

        @Override
        boolean isWrittenOnce(Facts facts) {
            return false;
        }

        @Override
        String absence(Facts facts) {
            return "no branch is checked out, and no CI system names one";
        }
    },
    TIMESTAMP("timestamp") {
        @Override
        Optional<String> value(Facts facts) {
            return facts.committedAt().map(SECONDS::format);
        }

        @Override
        String absence(Facts facts) {
            return "the time of the commit is not known without a working copy and the git command";
        }
    };

    private static final int SHORT = 7;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern NUMBERS = Pattern.compile("([0-9]+)(?:\\.([0-9]+))?(?:[._+-].*)?");

    private final String word;

    TagPlaceholder(String word) {
        this.word = word;
    }

    /**
     * What the placeholders are filled from.
     *
     * @param sha full commit id
     * @param version the version tag, without the suffix of a dirty working copy
     * @param versionMoves whether that tag may be pointed at another image
     * @param branch name of the branch; empty where it is not known
     * @param committedAt time of the commit; empty where it is not known
     */
    record Facts(
            String sha, String version, boolean versionMoves, Optional<String> branch, Optional<Instant> committedAt) {
        /** Tells whether the version comes before a release: something follows its numbers after a dash. */
        boolean isPreRelease() {
            return version.matches("[0-9]+(?:\\.[0-9A-Za-z_]+)*-.*");
        }
    }

    /** Returns the placeholder of that name; empty where there is none. */
    static Optional<TagPlaceholder> of(String word) {
        return Arrays.stream(values())
                .filter(placeholder -> placeholder.word.equals(word))
                .findFirst();
    }

    /** Returns all placeholders, for a message. */
    static String all() {
        return Arrays.stream(values()).map(TagPlaceholder::toString).collect(Collectors.joining(" "));
    }

    /** Returns what stands in its place; empty where that is not to be had. */
    abstract Optional<String> value(Facts facts);

    /** Tells whether a tag with it names one commit or one version, and so is never pointed at another image. */
    boolean isWrittenOnce(Facts facts) {
        return true;
    }

    /** Returns why there is no value. */
    String absence(Facts facts) {
        return this + " has no value";
    }

    private static Optional<String> number(Facts facts, int group) {
        Matcher numbers = NUMBERS.matcher(facts.version());
        return numbers.matches() ? Optional.ofNullable(numbers.group(group)) : Optional.empty();
    }

    /** Returns the placeholder as it is written in a template. */
    @Override
    public String toString() {
        return "{" + word + "}";
    }
}
