package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapBudgetTest {
    private static final long MEBI = 1 << 20;

    @Test
    void isAQuarterOfASmallHeap() {
        assertThat(HeapBudget.share(64 * MEBI)).isEqualTo(16 * MEBI);
    }

    @Test
    void doesNotGrowWithALargeHeap() {
        assertThat(HeapBudget.share(256 * MEBI)).isEqualTo(32 * MEBI);
        assertThat(HeapBudget.share(Long.MAX_VALUE)).isEqualTo(32 * MEBI);
    }

    @Test
    void givesNothingWhereNotAllIsThere() {
        HeapBudget budget = new HeapBudget(10);

        assertThat(budget.take(6)).isTrue();
        assertThat(budget.take(6)).isFalse();
        assertThat(budget.take(4)).isTrue();
        assertThat(budget.taken()).isEqualTo(10);
    }
}
