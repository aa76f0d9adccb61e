package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Pattern;

/** What becomes of a request instead of being served properly. */
public abstract class Behaviour {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    Behaviour() {}

    /** Answers the request, by asking the next handler or not. */
    abstract Reply meet(Call call, Subject subject, Handler next) throws IOException;

    /** The form in which a behaviour without state is written. */
    @FunctionalInterface
    private interface Step {
        Reply meet(Call call, Subject subject, Handler next) throws IOException;
    }

    private static Behaviour of(Step step) {
        return new Behaviour() {
            @Override
            Reply meet(Call call, Subject subject, Handler next) throws IOException {
                return step.meet(call, subject, next);
            }
        };
    }

    /** Answers that status; code and message are written as the asked service writes its errors. Nothing is applied. */
    public static Behaviour answer(int status, String code, String message) {
        return of((call, subject, next) -> subject.plane().refuse(status, code, message));
    }

    /** Applies the request, then answers that status all the same. */
    public static Behaviour applyButAnswer(int status, String code, String message) {
        return of((call, subject, next) -> {
            next.answer(call);
            return subject.plane().refuse(status, code, message);
        });
    }

    /** Refuses for having been asked too often, as the asked service says it. Nothing is applied. */
    public static Behaviour throttle() {
        return of((call, subject, next) -> throttled(subject));
    }

    /** Lets so many requests pass in any such time and throttles the others. */
    public static Behaviour rateLimit(int requests, Duration time, Clock clock) {
        Deque<Instant> passed = new ArrayDeque<>();
        return of((call, subject, next) -> {
            synchronized (passed) {
                Instant now = clock.instant();
                passed.removeIf(earlier -> !earlier.plus(time).isAfter(now));
                if (passed.size() >= requests) {
                    return throttled(subject);
                }
                passed.addLast(now);
            }
            return next.answer(call);
        });
    }

    private static Reply throttled(Subject subject) {
        return subject.plane() == Plane.CONTROL
                ? subject.plane().refuse(400, "ThrottlingException", "Rate exceeded")
                : subject.plane()
                        .refuse(429, subject.plane() == Plane.DATA ? "TOOMANYREQUESTS" : "Throttling", "Rate exceeded");
    }

    /** Closes the connection at once. Nothing is applied. */
    public static Behaviour close() {
        return of((call, subject, next) -> Reply.HUNG_UP);
    }

    /** Closes the connection after so many bytes of the request body. Nothing is applied. */
    public static Behaviour closeAfterReading(long bytes) {
        return of((call, subject, next) -> {
            call.body().skipNBytes(bytes);
            return Reply.HUNG_UP;
        });
    }

    /** Applies the request, then closes the connection without an answer. */
    public static Behaviour applyAndClose() {
        return of((call, subject, next) -> {
            next.answer(call);
            return Reply.HUNG_UP;
        });
    }

    /** Applies the request, then closes the connection after so many bytes of the answer's body. */
    public static Behaviour cutAnswer(long bytes) {
        return of((call, subject, next) -> next.answer(call).cutAfter(bytes));
    }

    /** Applies the request, then sends the answer's body in pieces of so many bytes with a pause before each. */
    public static Behaviour drip(int bytes, Duration pause) {
        return of((call, subject, next) -> {
            Reply reply = next.answer(call);
            return reply.with(reply.length(), () -> new Drip(reply.body().open(), bytes, pause));
        });
    }

    /** Takes the request's body in pieces of so many bytes with a pause before each, as over a slow line. */
    public static Behaviour sip(int bytes, Duration pause) {
        return of((call, subject, next) -> {
            call.slow(bytes, pause);
            return next.answer(call);
        });
    }

    /** Applies the request, then answers with the first half of the body alone, as if it were all of it. */
    public static Behaviour halveAnswer() {
        return of((call, subject, next) -> {
            Reply reply = next.answer(call);
            byte[] body = bytes(reply);
            byte[] half = Arrays.copyOf(body, body.length / 2);
            return reply.with(half.length, () -> new ByteArrayInputStream(half));
        });
    }

    /** Applies the request, then answers with another digest wherever the answer names one, in header or body. */
    public static Behaviour nameAnotherDigest() {
        return of((call, subject, next) -> {
            Reply reply = next.answer(call);
            byte[] body = otherDigests(new String(bytes(reply), ISO_8859_1)).getBytes(ISO_8859_1);
            Reply other = call.isHead() ? reply : reply.with(body.length, () -> new ByteArrayInputStream(body));
            for (Map.Entry<String, String> header : reply.headers().entrySet()) {
                other = other.with(header.getKey(), otherDigests(header.getValue()));
            }
            return other;
        });
    }

    private static byte[] bytes(Reply reply) throws IOException {
        try (InputStream body = reply.body().open()) {
            return body.readAllBytes();
        }
    }

    private static String otherDigests(String text) {
        return DIGEST.matcher(text).replaceAll("sha256:" + "0".repeat(64));
    }
}
