package io.github.imagedelivery.ecr.delivery;

import static io.github.imagedelivery.ecr.delivery.Invariant.ALL_OR_NOTHING;
import static io.github.imagedelivery.ecr.delivery.Invariant.NO_FOREIGN_LOSS;
import static io.github.imagedelivery.ecr.delivery.Invariant.ORDER_ALWAYS;
import static io.github.imagedelivery.ecr.delivery.Invariant.ORDER_AT_REST;
import static io.github.imagedelivery.ecr.delivery.Invariant.SUCCESS_STAYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.PairDeletion;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
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
                row(Question.of(Cohort.ALONE, 1)),
                // The undo itself is refused or gets no answer; FAILED_LEFT_SHA or UNKNOWN says so.
                row(Question.of(Cohort.ALONE, 2), ALL_OR_NOTHING),
                // Between an undo and the second look another run's version is without its SHA tag.
                row(Question.of(Cohort.SAME_DIGEST, 1), ORDER_ALWAYS),
                // The same, and the run that undoes is killed before it looks.
                row(Question.of(Cohort.SAME_DIGEST, 2), SUCCESS_STAYS, ORDER_ALWAYS, ORDER_AT_REST),
                row(Question.of(Cohort.SHA_IMMUTABLE, 1)),
                row(Question.of(Cohort.SHA_IMMUTABLE, 2)),
                // No protocol saves these: ECR has no conditional write of a tag.
                row(Question.of(Cohort.SHA_MUTABLE, 1), SUCCESS_STAYS, ORDER_ALWAYS, ORDER_AT_REST),
                row(Question.of(Cohort.SHA_MUTABLE, 2), SUCCESS_STAYS, ORDER_ALWAYS, ORDER_AT_REST));
    }

    /** Were ECR to delete the image with its other tags, an undo would lose what appears at that very moment. */
    static Stream<Arguments> promisesWhereTheImageGoes() {
        PairDeletion goes = PairDeletion.DELETES_IMAGE;
        return Stream.of(
                row(Question.of(Cohort.ALONE, 1).with(goes), NO_FOREIGN_LOSS),
                row(Question.of(Cohort.ALONE, 2).with(goes), ALL_OR_NOTHING, NO_FOREIGN_LOSS),
                row(Question.of(Cohort.SAME_DIGEST, 1).with(goes), SUCCESS_STAYS, ORDER_ALWAYS, NO_FOREIGN_LOSS),
                row(Question.of(Cohort.SHA_IMMUTABLE, 1).with(goes)));
    }

    @ParameterizedTest
    @MethodSource({"promises", "promisesWhereTheImageGoes"})
    void holdsWhatIsPromised(Question question, Set<Invariant> exceptions) {
        Findings findings = question.answer();
        REPORT.add(question);

        for (Invariant invariant : findings.broken().keySet()) {
            if (!exceptions.contains(invariant)) {
                throw new AssertionError(
                        invariant.title() + " breaks:\n" + String.join("\n", findings.shortest(invariant)));
            }
        }
        assertThat(findings.broken().keySet()).isEqualTo(exceptions);
    }

    @Test
    void looksAtMoreThanAHundredThousandSchedules() {
        long ends = Stream.of(Cohort.values())
                .flatMap(cohort -> Stream.of(Question.of(cohort, 1), Question.of(cohort, 2)))
                .mapToLong(question -> question.answer().ends())
                .sum();

        assertThat(ends).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void needsEveryRule(Mutation rule) {
        Set<String> broken = new TreeSet<>();
        for (Question question : questions()) {
            Findings with = question.answer();
            Findings without = question.without(rule).answer();
            without.broken().forEach((invariant, count) -> {
                int known = with.broken().getOrDefault(invariant, 0);
                if (count > known) {
                    broken.add(invariant.title());
                    REPORT.add(question.without(rule), invariant, count - known);
                }
            });
        }

        assertThat(broken)
                .as("what breaks where it is not so that " + rule.rule())
                .isNotEmpty();
    }

    private static List<Question> questions() {
        return List.of(
                Question.of(Cohort.ALONE, 1),
                Question.of(Cohort.ALONE, 2),
                Question.of(Cohort.SAME_DIGEST, 1),
                Question.of(Cohort.SHA_IMMUTABLE, 1),
                Question.of(Cohort.SHA_MUTABLE, 1));
    }
}
