package io.github.imagedelivery.ecr.delivery;

import static io.github.imagedelivery.ecr.delivery.Invariant.ALL_OR_NOTHING;
import static io.github.imagedelivery.ecr.delivery.Invariant.CRASH_PREFIX_ONLY;
import static io.github.imagedelivery.ecr.delivery.Invariant.FAIL_IS_TRUE;
import static io.github.imagedelivery.ecr.delivery.Invariant.NO_FOREIGN_LOSS;
import static io.github.imagedelivery.ecr.delivery.Invariant.ORDER_ALWAYS;
import static io.github.imagedelivery.ecr.delivery.Invariant.ORDER_AT_REST;
import static io.github.imagedelivery.ecr.delivery.Invariant.SUCCESS_IS_TRUE;
import static io.github.imagedelivery.ecr.delivery.Invariant.SUCCESS_STAYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.PageFigures;
import io.github.imagedelivery.ecr.local.PairDeletion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every schedule of one and two runs of the publisher with up to two faults. What is not promised is listed here, and
 * must be seen to break: a list that is too long is as wrong as one that is too short.
 */
class SchedulesTest {
    private static final ScheduleReport REPORT = new ScheduleReport();

    @AfterAll
    static void writeReport() throws Exception {
        REPORT.write(Path.of("target", "schedules.md"));
    }

    private static Arguments row(Question question, Invariant... exceptions) {
        return Arguments.of(question, Set.of(exceptions));
    }

    static Stream<Arguments> promises() {
        return Stream.of(
                // The image had another tag before, so its SHA tag stays; FAILED_LEFT_SHA says so.
                row(Question.of(Cohort.ALONE, 1), ALL_OR_NOTHING),
                // The same; or the undo itself is refused or gets no answer; FAILED_LEFT_SHA or UNKNOWN says so.
                row(Question.of(Cohort.ALONE, 2), ALL_OR_NOTHING),
                // Between an undo and the second look another run's version is without its SHA tag.
                row(Question.of(Cohort.SAME_DIGEST, 1), ORDER_ALWAYS),
                // The same, and the run that undoes is killed before it looks.
                row(Question.of(Cohort.SAME_DIGEST, 2), SUCCESS_STAYS, ORDER_ALWAYS, ORDER_AT_REST),
                row(Question.of(Cohort.SHA_IMMUTABLE, 1)),
                row(Question.of(Cohort.SHA_IMMUTABLE, 2)),
                // No protocol saves these: ECR has no conditional write of a tag. A SHA tag that moves between the two
                // readings of one request is one that might have moved just after them.
                row(Question.of(Cohort.SHA_MUTABLE, 1), SUCCESS_IS_TRUE, SUCCESS_STAYS, ORDER_ALWAYS, ORDER_AT_REST),
                row(Question.of(Cohort.SHA_MUTABLE, 2), SUCCESS_IS_TRUE, SUCCESS_STAYS, ORDER_ALWAYS, ORDER_AT_REST));
    }

    /** No third tag is left out of what is promised. */
    static Stream<Arguments> promisesWithMoreTags() {
        return Stream.of(
                row(Question.of(Cohort.ALONE_WITH_MORE, 1), ALL_OR_NOTHING),
                // Three tags are not read at one instant: what another run's undo takes in between, it puts back later.
                row(Question.of(Cohort.SAME_DIGEST_WITH_MORE, 1), SUCCESS_IS_TRUE, ORDER_ALWAYS),
                row(Question.of(Cohort.SAME_DIGEST_WITH_MORE, 1).forwardOnly()));
    }

    /** Were ECR to delete the image with its other tags, an undo would lose what appears at that very moment. */
    static Stream<Arguments> promisesWhereTheImageGoes() {
        PairDeletion goes = PairDeletion.DELETES_IMAGE;
        return Stream.of(
                row(Question.of(Cohort.ALONE, 1).with(goes), ALL_OR_NOTHING),
                row(Question.of(Cohort.ALONE, 2).with(goes), ALL_OR_NOTHING),
                row(Question.of(Cohort.SAME_DIGEST, 1).with(goes), SUCCESS_STAYS, ORDER_ALWAYS, NO_FOREIGN_LOSS),
                row(Question.of(Cohort.SHA_IMMUTABLE, 1).with(goes)));
    }

    /** What is never taken back cannot be taken from another run. */
    static Stream<Arguments> promisesWhereNothingIsUndone() {
        return Stream.of(
                // A refused version leaves the SHA tag; FAILED_LEFT_SHA says so.
                row(Question.of(Cohort.ALONE, 1).forwardOnly(), ALL_OR_NOTHING),
                row(Question.of(Cohort.ALONE, 2).forwardOnly(), ALL_OR_NOTHING),
                row(Question.of(Cohort.SAME_DIGEST, 1).forwardOnly()),
                row(Question.of(Cohort.SAME_DIGEST, 2).forwardOnly()),
                row(Question.of(Cohort.SHA_IMMUTABLE, 1).forwardOnly()),
                row(Question.of(Cohort.SHA_IMMUTABLE, 2).forwardOnly()),
                row(
                        Question.of(Cohort.SHA_MUTABLE, 1).forwardOnly(),
                        SUCCESS_IS_TRUE,
                        SUCCESS_STAYS,
                        ORDER_ALWAYS,
                        ORDER_AT_REST));
    }

    @ParameterizedTest
    @MethodSource({"promises", "promisesWithMoreTags", "promisesWhereTheImageGoes", "promisesWhereNothingIsUndone"})
    void holdsWhatIsPromised(Question question, Set<Invariant> exceptions) {
        Findings findings = question.answer();
        REPORT.add(question);

        for (Invariant invariant : findings.broken()) {
            if (!exceptions.contains(invariant)) {
                throw new AssertionError(
                        invariant.title() + " breaks:\n" + String.join("\n", findings.shortest(invariant)));
            }
        }
        assertThat(findings.broken()).isEqualTo(exceptions);
    }

    @Test
    void pageSaysWhatWasFound() throws IOException {
        PageFigures.check(
                "schedules",
                ScheduleReport.table(Stream.of(
                                promises(),
                                promisesWithMoreTags(),
                                promisesWhereTheImageGoes(),
                                promisesWhereNothingIsUndone())
                        .flatMap(rows -> rows)
                        .map(row -> (Question) row.get()[0])
                        .toList()));
    }

    @Test
    void pageSaysWhatEveryRuleIsNeededFor() throws IOException {
        List<String> lines = new ArrayList<>(ScheduleReport.RULES);
        rules().map(row -> ScheduleReport.row((Question) row.get()[0], (Invariant) row.get()[1]))
                .forEach(lines::add);

        PageFigures.check("rules", lines);
    }

    @Test
    void looksAtMoreThanAHundredThousandSchedules() {
        long ends = promises()
                .map(row -> (Question) row.get()[0])
                .mapToLong(question -> question.answer().ends())
                .sum();

        assertThat(ends).isGreaterThan(100_000);
    }

    private static Arguments row(Mutation rule, Question question, Invariant broken) {
        return Arguments.of(question.without(rule), broken);
    }

    static Stream<Arguments> rules() {
        Question alone = Question.of(Cohort.ALONE, 1);
        Question together = Question.of(Cohort.SAME_DIGEST, 1);
        return Stream.of(
                row(Mutation.VERSION_FIRST, alone, CRASH_PREFIX_ONLY),
                row(Mutation.UNDO_ON_UNKNOWN, alone, FAIL_IS_TRUE),
                row(Mutation.HIDDEN_RETRY, Question.of(Cohort.ALONE, 2), FAIL_IS_TRUE),
                row(Mutation.UNDO_BY_DIGEST, together, NO_FOREIGN_LOSS),
                row(Mutation.UNDO_BY_TAG, Question.of(Cohort.SHA_MUTABLE, 1), ORDER_AT_REST),
                row(Mutation.UNDO_OF_OTHERS, together, ORDER_ALWAYS),
                row(Mutation.UNDO_UNDER_OTHERS, together, ORDER_ALWAYS),
                row(Mutation.UNDO_OF_THE_NAMED, alone.with(PairDeletion.DELETES_IMAGE), NO_FOREIGN_LOSS),
                row(Mutation.NO_SECOND_LOOK, together, ORDER_AT_REST),
                row(Mutation.SHA_READ_FIRST, together, SUCCESS_IS_TRUE),
                row(Mutation.NOT_VERIFIED, together, SUCCESS_IS_TRUE),
                row(Mutation.SHA_OVERWRITTEN, alone, NO_FOREIGN_LOSS),
                row(Mutation.IMMUTABLE_IS_FINAL, alone, ALL_OR_NOTHING));
    }

    /** A rule must be needed: taken out, it breaks what holds, or more often what is known to break. */
    @ParameterizedTest
    @MethodSource("rules")
    void needsEveryRule(Question question, Invariant invariant) {
        int with = question.without(Mutation.NONE).answer().count(invariant);
        int without = question.answer().count(invariant);
        REPORT.add(question, invariant);

        assertThat(without).isGreaterThan(with);
    }

    @Test
    void takesEveryRuleOut() {
        assertThat(rules().map(row -> ((Question) row.get()[0]).mutation()))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Mutation.NONE)));
    }
}
