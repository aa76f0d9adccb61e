package io.github.imagedelivery.ecr.delivery;

/** What must hold whatever happens. */
enum Invariant {
    SUCCESS_IS_TRUE("SuccessIsTrue", "success is reported only when both tags point at the image"),
    SUCCESS_STAYS("SuccessStays", "a reported success is not undone by another run's undo"),
    ORDER_ALWAYS("OrderAlways", "at no moment does a version appear without its SHA tag"),
    ORDER_AT_REST("OrderAtRest", "once all is quiet no version is without its SHA tag"),
    ALL_OR_NOTHING("AllOrNothing", "alone and alive: both tags new, or all as before"),
    CRASH_PREFIX_ONLY("CrashPrefixOnly", "alone, killed or cut off: as before, the SHA tag only, or both"),
    FAIL_IS_TRUE("FailIsTrue", "alone: a clean failure is reported only when the tags are as before"),
    LEFT_IS_TRUE(
            "LeftIsTrue",
            "alone: FAILED_LEFT_SHA is reported only when the SHA tag is there, and the version as before"),
    NO_FOREIGN_LOSS("NoForeignLoss", "no tag of others is changed or lost, no existing SHA tag moved"),
    CONVERGES("Converges", "an undisturbed run afterwards succeeds, or is refused and changes nothing");

    private final String title;
    private final String meaning;

    Invariant(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }
}
