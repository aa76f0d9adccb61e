package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.ci.IdentityException;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.ci.IdentityToken;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Turns identity tokens of a job into sessions of a role. What may pass is tried again, with a fresh token each time.
 */
final class WebIdentity implements RoleGrant {
    private static final int TRIES = 5;
    private static final long FIRST_PAUSE_MILLIS = 500;

    private static final Set<String> PASSING = Set.of(
            "IDPCommunicationError",
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "InternalFailure",
            "ServiceUnavailable");

    /** What STS says of the role and the token alone, whatever the session is to be limited to. */
    private static final Set<String> FOR_GOOD = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "InvalidIdentityToken",
            "IDPRejectedClaim",
            "ExpiredTokenException",
            "ExpiredToken");

    private final RoleSettings role;
    private final IdentitySource source;
    private final StsCalls sts;
    private final IdentityListener listener;
    private final EcrClients.Pause pause;

    /**
     * Creates the grant.
     *
     * @param role names a source of tokens
     */
    WebIdentity(RoleSettings role, StsCalls sts, IdentityListener listener, EcrClients.Pause pause) {
        this.role = role;
        this.source = role.source().orElseThrow();
        this.sts = sts;
        this.listener = listener;
        this.pause = pause;
    }

    @Override
    public Assumed assume(List<SessionPolicy> policies, Signer.Purpose purpose) throws AwsException {
        int policy = 0;
        int tries = 0;
        boolean fresh = false;
        while (true) {
            IdentityToken token = token();
            try {
                return new Assumed(sts.assume(role, token, policies.get(policy), purpose), policies.get(policy));
            } catch (AwsException e) {
                tries++;
                if (e.code().equals(SessionPolicy.TOO_LARGE) && policy < policies.size() - 1) {
                    policy++;
                } else if (isTokenExpired(e) && source.isRenewable() && !fresh) {
                    fresh = true;
                } else if (mayPass(e) && tries < TRIES) {
                    listener.triesAgain(String.valueOf(e.getMessage()));
                    await(tries);
                } else {
                    throw e.advised(new RoleRefusal(role, source, token.claims()).advice(e));
                }
            }
        }
    }

    @Override
    public String means() {
        return "the identity token of " + source.name();
    }

    @Override
    public void close() {
        // It holds nothing open.
    }

    private IdentityToken token() throws AwsException {
        try {
            return source.fetch();
        } catch (IdentityException e) {
            List<String> lines = e.remedy().lines().toList();
            throw new AwsException(e.getMessage(), AwsException.NO_IDENTITY_TOKEN, 0, null)
                    .advised(new Advice(
                            "the job's identity token cannot be had",
                            lines.isEmpty() ? "" : lines.get(0),
                            lines.stream().skip(1).toList()));
        }
    }

    /** Tells whether STS calls the identity token expired. */
    static boolean isTokenExpired(AwsException e) {
        return e.code().equals("ExpiredTokenException") || e.code().equals("ExpiredToken");
    }

    /** Tells whether the same may be granted a little later. */
    static boolean mayPass(AwsException e) {
        boolean noKey = e.code().equals("InvalidIdentityToken")
                && String.valueOf(e.getMessage()).contains("Couldn't retrieve verification key");
        boolean broken = e.getCause() instanceof IOException && Barrier.of(e).isEmpty();
        boolean garbled = e.code().equals(AwsException.NO_ANSWER) && e.getCause() == null && !e.isDefinite();
        return noKey || broken || garbled || PASSING.contains(e.code()) || e.status() == 429 || e.status() >= 500;
    }

    /** Tells whether the job will be refused as long as the build lasts. */
    static boolean isForGood(AwsException e) {
        return FOR_GOOD.contains(e.code()) && !mayPass(e);
    }

    /** Waits twice as long after each try, between half of that and all of it: parallel jobs are not to come together. */
    private void await(int tries) throws AwsException {
        long longest = FIRST_PAUSE_MILLIS << (tries - 1);
        try {
            pause.millis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsException("the build was told to end while AWS STS was asked", AwsException.NOT_SENT, 0, e);
        }
    }
}
