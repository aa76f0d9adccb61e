package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.RequestKind.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One push that meets one fault. */
record FaultCase(RequestKind kind, Start start, Fault fault, Turn turn) {
    /** Returns all cases of the kind, in their order. */
    static List<FaultCase> of(RequestKind kind) {
        return starts(kind)
                .flatMap(start -> Arrays.stream(Fault.values())
                        .filter(fault -> fault.appliesTo(kind))
                        .flatMap(fault -> turns(kind).map(turn -> new FaultCase(kind, start, fault, turn))))
                .toList();
    }

    private static Stream<Start> starts(RequestKind kind) {
        return switch (kind) {
            case DESCRIBE -> Stream.of(Start.MOVING);
            case TAGS_BEFORE -> Stream.of(Start.MOVING, Start.EARLIER);
            case PUT_DIGEST -> Stream.of(Start.FREE, Start.EARLIER);
            case PUT_VERSION -> Stream.of(Start.FREE, Start.IMMUTABLE, Start.MOVING, Start.MORE_TAGS);
            case PUT_MOVING, PUT_ADDED -> Stream.of(Start.MORE_TAGS);
            case PUT_SHA, UNDO_DELETE -> Stream.of(Start.FREE, Start.MORE_TAGS);
            case LOOK_BEFORE -> Stream.of(Start.SHARED);
            default -> Stream.of(Start.FREE);
        };
    }

    private static Stream<Turn> turns(RequestKind kind) {
        return Stream.of(Turn.FIRST, kind.is(Trait.ONCE) ? Turn.BOTH : Turn.SECOND, Turn.ALL);
    }

    /** Returns the request and what is there before. */
    String group() {
        return kind.title + (start == Start.FREE ? "" : " (" + start.title + ")");
    }

    @Override
    public String toString() {
        return group() + ", " + fault.title + ", " + turn.title;
    }
}
