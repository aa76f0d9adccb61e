package io.github.imagedelivery.ecr.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imagedelivery.ecr.page.ImageReport.Span;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static final Offset<Double> CLOSE = within(0.001);

    @Test
    void drawsToScaleWhatFollowsOnEachOther() {
        Axis axis = Axis.of(List.of(new Span("a", 0, 100), new Span("b", 100, 300)));

        assertThat(axis.at(0)).isCloseTo(0, CLOSE);
        assertThat(axis.at(100)).isCloseTo(25, CLOSE);
        assertThat(axis.at(400)).isCloseTo(100, CLOSE);
        assertThat(axis.shortened()).isZero();
    }

    @Test
    void countsOnceWhatGoesOnAtTheSameTime() {
        Axis axis = Axis.of(List.of(new Span("a", 0, 300), new Span("b", 100, 50), new Span("c", 200, 200)));

        assertThat(axis.at(100)).isCloseTo(25, CLOSE);
        assertThat(axis.at(200)).isCloseTo(50, CLOSE);
        assertThat(axis.at(400)).isCloseTo(100, CLOSE);
    }

    @Test
    void drawsAnHourOfWaitingAsAShortGap() {
        long hour = 3_600_000;
        Axis axis = Axis.of(List.of(new Span("stage", 0, 600), new Span("publish", hour, 600)));

        assertThat(axis.at(600)).isCloseTo(46.154, CLOSE);
        assertThat(axis.at(hour)).isCloseTo(53.846, CLOSE);
        assertThat(axis.shortened()).isEqualTo(hour - 600);
    }

    @Test
    void beginsWithTheFirstWhereverThatIs() {
        Axis axis = Axis.of(List.of(new Span("a", 5_000, 100)));

        assertThat(axis.at(5_000)).isCloseTo(0, CLOSE);
        assertThat(axis.at(5_050)).isCloseTo(50, CLOSE);
    }

    @Test
    void standsWhatTakesNoTime() {
        assertThat(Axis.of(List.of()).at(0)).isCloseTo(0, CLOSE);
        assertThat(Axis.of(List.of(new Span("a", 0, 0))).at(0)).isCloseTo(0, CLOSE);
    }
}
