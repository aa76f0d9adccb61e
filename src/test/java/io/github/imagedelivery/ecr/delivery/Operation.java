package io.github.imagedelivery.ecr.delivery;

import java.util.Optional;

/**
 * One request to the modelled repository; each is one step, that is atomic.
 *
 * @param kind what is asked
 * @param tag the tag in question; empty where an image is asked for by digest
 * @param content the image in question; empty where a tag is read
 */
record Operation(Kind kind, Optional<Name> tag, Optional<Content> content) {
    /** What is asked of the repository. */
    enum Kind {
        READ(false),
        TAGS_OF(false),
        FETCH(false),
        STAGE(true),
        PUT(true),
        UNTAG(true),
        /** Removes a tag whatever it points at: no operation of the publisher, but of a mutation. */
        UNTAG_ANY(true),
        /** Removes an image with all its tags: no operation of the publisher, but of a mutation. */
        DELETE(true);

        private final boolean writes;

        Kind(boolean writes) {
            this.writes = writes;
        }
    }

    static Operation onTag(Kind kind, Name name, Content content) {
        return new Operation(kind, Optional.of(name), Optional.of(content));
    }

    static Operation onContent(Kind kind, Content content) {
        return new Operation(kind, Optional.empty(), Optional.of(content));
    }

    static Operation read(Name name) {
        return new Operation(Kind.READ, Optional.of(name), Optional.empty());
    }

    boolean writes() {
        return kind.writes;
    }

    /** Tells whether the operation changes a tag, so that a lost one may still land later. */
    boolean changesTags() {
        return kind.writes && kind != Kind.STAGE;
    }

    Name name() {
        return tag.orElseThrow();
    }

    @Override
    public String toString() {
        return (kind + " " + tag.map(Name::name).orElse("")
                        + content.map(c -> " " + c).orElse(""))
                .replace("  ", " ");
    }
}
