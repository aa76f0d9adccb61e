package io.github.imagedelivery.ecr.aws;

import java.util.List;

/**
 * Keeps the SDK from logging each request that it signs, with the session token in its headers: under {@code mvn -X}
 * all that it logs is printed.
 */
final class SdkLog {
    /** What the signers' loggers begin with, in today's SDK and before. */
    private static final List<String> SIGNERS =
            List.of("software.amazon.awssdk.http.auth", "software.amazon.awssdk.auth.signer");

    /** Where the loggers of Maven 3 and those of Maven 4 look for their level when they are made. */
    private static final List<String> LEVELS = List.of("org.slf4j.simpleLogger.log.", "maven.logger.log.");

    private SdkLog() {}

    /** Must be called before the first request is signed. */
    static void leaveRequestsOut() {
        for (String signer : SIGNERS) {
            LEVELS.forEach(level -> System.setProperty(level + signer, "info"));
        }
    }
}
