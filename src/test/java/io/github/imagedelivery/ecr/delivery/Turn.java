package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.local.Occasion;

/** Which of the requests of a kind meet the fault. */
enum Turn {
    FIRST("first", 1),
    SECOND("second", 2),
    /** For a request that is made once where nothing fails: its second is the repetition of the first. */
    BOTH("first and second", 1),
    ALL("all", 1);

    final String title;
    /** How many requests of the kind there must have been for the fault to be met. */
    final int least;

    Turn(String title, int least) {
        this.title = title;
        this.least = least;
    }

    Occasion of(Occasion requests) {
        return switch (this) {
            case FIRST -> requests.nth(1);
            case SECOND -> requests.nth(2);
            case BOTH -> requests.first(2);
            case ALL -> requests;
        };
    }
}
