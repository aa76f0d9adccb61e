package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.RequestKind.Trait;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A way in which a request goes wrong. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum Fault {
    CLOSED("connection closed before", kind -> true, Behaviour::close),
    CUT_REQUEST("cut in the request's body", has(Trait.BODY), () -> Behaviour.closeAfterReading(10)),
    CUT_AFTER("cut after it was applied", kind -> true, Behaviour::applyAndClose),
    LATE("cut, and applied late", has(Trait.WRITES), Hold::applyingLate),
    HANG("hang", kind -> true, Hold::before),
    TRUNCATED("answer cut", has(Trait.ANSWER), () -> Behaviour.cutAnswer(10)),
    DRIP("answer dripping", has(Trait.ANSWER), () -> Behaviour.drip(100, Duration.ofMillis(2))),
    BAD_JSON("bad JSON", has(Trait.JSON), Behaviour::halveAnswer),
    OTHER_DIGEST("wrong digest named", has(Trait.NAMES_DIGEST), Behaviour::nameAnotherDigest),
    APPLIED_500(
            "500 after it was applied",
            has(Trait.WRITES),
            () -> Behaviour.applyButAnswer(500, "ServerException", "it failed")),
    S400(400),
    S401(401),
    S403(403),
    S404(404),
    S408(408),
    S429(429),
    S500(500),
    S502(502),
    S503(503),
    S504(504);

    private static final Map<Integer, String> CODES = Map.of(
            400, "InvalidParameterException",
            401, "UnrecognizedClientException",
            403, "AccessDeniedException",
            404, "RepositoryNotFoundException",
            408, "RequestTimeoutException",
            429, "TooManyRequestsException");

    final String title;
    private final Predicate<RequestKind> applicable;
    private final Supplier<Behaviour> behaviour;

    Fault(String title, Predicate<RequestKind> applicable, Supplier<Behaviour> behaviour) {
        this.title = title;
        this.applicable = applicable;
        this.behaviour = behaviour;
    }

    Fault(int status) {
        this(String.valueOf(status), kind -> true, () -> answer(status));
    }

    private static Predicate<RequestKind> has(Trait trait) {
        return kind -> kind.is(trait);
    }

    private static Behaviour answer(int status) {
        return Behaviour.answer(status, CODES.getOrDefault(status, "ServerException"), "it is said " + status);
    }

    boolean appliesTo(RequestKind kind) {
        return applicable.test(kind);
    }

    Behaviour behaviour() {
        return behaviour.get();
    }

    /** Tells whether it is one of time, for which the clocks of the push must run fast. */
    boolean takesTime() {
        return this == HANG || this == DRIP;
    }
}
