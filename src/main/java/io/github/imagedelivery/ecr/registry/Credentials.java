package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What authorizes the requests to one repository at present, and how it is renewed when the registry refuses it. */
final class Credentials {
    private final Authorization authorization;
    private final TokenService tokens;
    private final TokenCache cache;
    private final String repository;
    private String own = "";
    /** The login, as a registry without a token service wants it. */
    private String basic = "";

    /**
     * Creates the credentials.
     *
     * @param repository address of the repository, under which its tokens are kept
     */
    Credentials(Authorization authorization, TokenService tokens, TokenCache cache, String repository) {
        this.authorization = authorization;
        this.tokens = tokens;
        this.cache = cache;
        this.repository = repository;
    }

    /** Returns the header's value to begin with; empty for none. */
    synchronized String header() throws AttemptException {
        if (own.isEmpty()) {
            own = own("");
        }
        if (!own.isEmpty()) {
            return own;
        }
        return basic.isEmpty() ? cache.get(key()) : basic;
    }

    /**
     * Returns what to try after a refusal; the stale value where there is nothing else. Of several uploads that are
     * refused at the same time, one renews and the others take what it got.
     *
     * @param answer the refusal, with its challenge
     */
    synchronized String renew(String stale, Call call, Answer answer, Operation operation) throws AttemptException {
        String current = header();
        if (!current.isEmpty() && !current.equals(stale)) {
            return current;
        }
        if (!own.isEmpty()) {
            own = own(stale);
            return own;
        }
        if (!basic.isEmpty()) {
            return basic;
        }
        List<Challenge> challenges = Challenge.read(answer.headers("WWW-Authenticate"));
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                TokenService.Token token = tokens.fetch(challenge, login(), operation);
                cache.put(key(), token.header(), token.lifeSeconds());
                return token.header();
            }
        }
        if (challenges.stream().anyMatch(c -> c.scheme().equals("basic"))) {
            basic = basic(call, answer);
            return basic;
        }
        return stale;
    }

    private String key() {
        return repository + " " + authorization.identity();
    }

    private String basic(Call call, Answer answer) throws AttemptException {
        return login().filter(login -> !login.isRefreshToken())
                .map(login -> "Basic " + login.basic())
                .orElseThrow(() -> Exchanges.unfit(
                        call, answer, "the registry asks for a user name and a password, and none is known"));
    }

    private Optional<RegistryLogin> login() throws AttemptException {
        try {
            return authorization.login();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private AttemptException failed(IOException e) {
        return AttemptException.permanent(new RegistryException(
                "login to " + repository + " failed: " + Texts.shown(TransferException.said(e)), e));
    }

    private String own(String stale) throws AttemptException {
        String header;
        try {
            header = authorization.header(stale);
        } catch (IOException e) {
            throw failed(e);
        }
        if (!header.matches("[ -~]*")) {
            // The HTTP client's own message would show the value.
            throw AttemptException.permanent(new RegistryException(
                    "login to " + repository + " gave a value that no header can hold",
                    RegistryException.NO_ANSWER,
                    ""));
        }
        return header;
    }
}
