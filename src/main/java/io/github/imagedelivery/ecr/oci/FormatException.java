package io.github.imagedelivery.ecr.oci;

/** Thrown when a text or document from outside does not have the form that its specification demands. */
public final class FormatException extends Exception {
    /** Creates the exception; the message names what was read, what was found and what is allowed. */
    public FormatException(String message) {
        super(message);
    }

    /** Returns the message; there always is one. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
