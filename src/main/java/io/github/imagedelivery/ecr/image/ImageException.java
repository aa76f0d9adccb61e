package io.github.imagedelivery.ecr.image;

/** Thrown when no image can be made of what is there: the three lines that the user is shown. */
public final class ImageException extends Exception {
    private final String problem;
    private final String remedy;

    /**
     * Creates the exception.
     *
     * @param problem what does not work, one line
     * @param cause why, one line; this is the exception's message
     * @param remedy what to do, one line, with the exact flag or command
     */
    public ImageException(String problem, String cause, String remedy) {
        super(cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Returns what does not work. */
    public String problem() {
        return problem;
    }

    /** Returns what to do. */
    public String remedy() {
        return remedy;
    }
}
