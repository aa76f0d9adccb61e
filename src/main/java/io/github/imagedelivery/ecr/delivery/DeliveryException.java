package io.github.imagedelivery.ecr.delivery;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Thrown when an image cannot be delivered. The message is what the user reads: the problem, its cause in the words of
 * whoever refused, and what to do about it, one line each; below them, indented, what there is to copy for that.
 */
public final class DeliveryException extends Exception {
    private final transient List<String> messages;
    private final boolean userError;
    private final boolean afterSending;

    private DeliveryException(String message, boolean userError) {
        this(List.of(message), userError, false);
    }

    private DeliveryException(List<String> messages, boolean userError, boolean afterSending) {
        super(String.join("\n", messages));
        this.messages = messages;
        this.userError = userError;
        this.afterSending = afterSending;
    }

    /**
     * Returns the exception for something that the user can put right: a parameter, the working copy, a permission.
     *
     * @param problem what does not work, and what was left behind if anything was begun
     * @param cause why, in the words of the service where it was one
     * @param remedy the exact flag, permission or command
     */
    public static DeliveryException ofUser(String problem, String cause, String remedy) {
        return new DeliveryException(threeLines(problem, cause, remedy), true);
    }

    /**
     * Returns the exception for something that the user can put right and that another exception tells the cause of.
     */
    public static DeliveryException ofUser(String problem, Exception cause, String remedy) {
        return ofUser(problem, words(cause), remedy);
    }

    /**
     * Returns the exception for something that is not the user's doing and that another exception tells the cause of.
     */
    public static DeliveryException ofService(String problem, Exception cause, String remedy) {
        return ofService(problem, words(cause), remedy);
    }

    /**
     * Returns the exception for something that is not the user's doing: a service that fails, a network that is gone.
     */
    public static DeliveryException ofService(String problem, String cause, String remedy) {
        return new DeliveryException(threeLines(problem, cause, remedy), false);
    }

    /** Returns one exception that tells of all the problems found, each of them once; there must be one at least. */
    public static DeliveryException ofAll(List<DeliveryException> problems) {
        return new DeliveryException(
                problems.stream()
                        .flatMap(problem -> problem.messages.stream())
                        .distinct()
                        .toList(),
                problems.stream().allMatch(DeliveryException::isUserError),
                false);
    }

    /**
     * Returns the same with lines below the three: what is needed to put it right, ready to copy.
     *
     * @param lines perhaps none
     */
    public DeliveryException withDetails(List<String> lines) {
        String details = lines.stream().map(line -> "\n    " + line).collect(Collectors.joining());
        return new DeliveryException(List.of(getMessage() + details), userError, afterSending);
    }

    /** Tells whether the user can put it right. */
    public boolean isUserError() {
        return userError;
    }

    /** Returns the same, for something that came up when content may have been sent already. */
    DeliveryException afterSending() {
        return new DeliveryException(messages, userError, true);
    }

    /** Tells whether content may have been sent before. */
    boolean isAfterSending() {
        return afterSending;
    }

    /** Returns the first line. */
    public String problem() {
        return getMessage().lines().findFirst().orElseThrow();
    }

    private static String threeLines(String problem, String cause, String remedy) {
        return problem + "\n  cause: " + cause + "\n  to fix: " + remedy;
    }

    /** Returns what an exception says, or its name where it says nothing. */
    static String words(Exception cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
