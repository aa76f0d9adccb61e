package io.github.imagedelivery.ecr.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The bearer tokens of a session, each for one repository of one registry, until they expire. */
final class TokenCache {
    /** A token that ends while its request is on the way is of no use. */
    private static final long LEEWAY_SECONDS = 5;

    private final Time time;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    TokenCache(Time time) {
        this.time = time;
    }

    /** Returns the header's value for the repository; empty where there is none that is good. */
    String get(String repository) {
        Token token = tokens.get(repository);
        return token == null || time.nanoTime() - token.end >= 0 ? "" : token.header;
    }

    /** Keeps the header's value for the repository. */
    void put(String repository, String header, long lifeSeconds) {
        long end = time.nanoTime() + TimeUnit.SECONDS.toNanos(lifeSeconds - LEEWAY_SECONDS);
        tokens.put(repository, new Token(header, end));
    }

    /** Not a record, so that nothing shows the token. */
    private static final class Token {
        private final String header;
        private final long end;

        Token(String header, long end) {
            this.header = header;
            this.end = end;
        }
    }
}
