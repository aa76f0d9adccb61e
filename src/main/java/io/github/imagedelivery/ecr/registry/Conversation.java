package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Echo;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.Set;

/**
 * Authorized requests to one repository: renews the authorization once, and follows redirects of reads by hand, with
 * the credentials for the registry's own scheme, host and port only.
 */
final class Conversation {
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Endpoint endpoint;
    private final Exchanges exchanges;
    private final Credentials credentials;
    /** The value that was sent last, to be kept out of messages. */
    private volatile String sent = "";

    Conversation(Endpoint endpoint, Exchanges exchanges, Credentials credentials) {
        this.endpoint = endpoint;
        this.exchanges = exchanges;
        this.credentials = credentials;
    }

    /** Makes a request without body. */
    Answer ask(Call call, Operation operation) throws AttemptException {
        String header = credential();
        Answer answer = exchanges.make(call, header, operation.patience());
        if (isStale(answer) && operation.mayRenew()) {
            String renewed = renew(header, call, answer, operation);
            if (!renewed.equals(header)) {
                answer = exchanges.make(call, renewed, operation.patience());
            }
        }
        return call.method().equals("POST") ? answer : follow(call, answer, operation);
    }

    /**
     * Sends a body into an upload session. The body is gone afterwards: where the authorization was stale it is
     * renewed, and the failure is one that a fresh session may pass.
     */
    Answer send(Call call, Location session, Operation operation, Patience patience) throws AttemptException {
        String header = session.trusted() ? credential() : "";
        Answer answer = exchanges.make(call, header, patience);
        if (session.trusted()
                && isStale(answer)
                && operation.mayRenew()
                && !renew(header, call, answer, operation).equals(header)) {
            throw doubtful(call, answer);
        }
        return answer;
    }

    /** Returns the failure of a request that was refused. */
    AttemptException refused(Call call, Answer answer) {
        return exchanges.refused(call, answer, secret());
    }

    /** Returns the failure of a request after whose refusal a fresh start may pass. */
    AttemptException doubtful(Call call, Answer answer) {
        return exchanges.doubtful(call, answer, secret());
    }

    /** Returns the failure of a request that was answered with what it must not be, told in words of the answer. */
    AttemptException unfit(Call call, Answer answer, String problem) {
        return Exchanges.unfit(call, answer, Echo.without(secret(), problem));
    }

    /** Returns where the answer sends us from there. */
    Location next(Location from, Call call, Answer answer) throws AttemptException {
        try {
            String value = answer.header("Location");
            return call.method().equals("GET") ? from.resolveDownload(value, endpoint) : from.resolve(value, endpoint);
        } catch (FormatException e) {
            throw Exchanges.unfit(call, answer, e.getMessage());
        }
    }

    private Answer follow(Call call, Answer first, Operation operation) throws AttemptException {
        Location here = new Location(call.uri(), true);
        Answer answer = first;
        for (int redirects = 0; REDIRECTS.contains(answer.status()); redirects++) {
            answer.close();
            if (redirects == MAX_REDIRECTS) {
                throw Exchanges.unfit(call, answer, "more than " + MAX_REDIRECTS + " redirects");
            }
            here = next(here, call, answer);
            answer = exchanges.make(call.at(here.uri()), here.trusted() ? credential() : "", operation.patience());
        }
        return answer;
    }

    /**
     * Tells whether the authorization was refused, and then lets go of the connection. ECR answers 403 DENIED to a
     * token that has expired; any other 403 is about permissions and stays.
     */
    private static boolean isStale(Answer answer) {
        boolean unauthorized = answer.status() == UNAUTHORIZED;
        return (unauthorized || answer.status() == FORBIDDEN) && (answer.error().saysExpired() || unauthorized);
    }

    private String renew(String stale, Call call, Answer answer, Operation operation) throws AttemptException {
        sent = credentials.renew(stale, call, answer, operation);
        operation.hasRenewed();
        return sent;
    }

    private String credential() throws AttemptException {
        String header = credentials.header();
        sent = header;
        return header;
    }

    private String secret() {
        return sent.substring(sent.indexOf(' ') + 1);
    }
}
