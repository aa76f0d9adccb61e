package io.github.imagedelivery.ecr.aws;

/** What came back for a request. */
final class Reply {
    private final int status;
    private final String errorType;
    private final String date;
    private final byte[] body;

    /**
     * Creates a reply.
     *
     * @param errorType the header {@code x-amzn-ErrorType}; empty where there is none
     * @param date the header {@code Date}; empty where there is none
     */
    Reply(int status, String errorType, String date, byte[] body) {
        this.status = status;
        this.errorType = errorType;
        this.date = date;
        this.body = body;
    }

    int status() {
        return status;
    }

    String errorType() {
        return errorType;
    }

    String date() {
        return date;
    }

    byte[] body() {
        return body;
    }

    boolean isSuccess() {
        return isSuccess(status);
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    /** Returns the status; never the body, which may hold a secret. */
    @Override
    public String toString() {
        return "HTTP status " + status;
    }
}
