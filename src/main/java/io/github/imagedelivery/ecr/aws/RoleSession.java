package io.github.imagedelivery.ecr.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * The session of a role, begun when it is first needed, renewed ahead of its end, and begun anew when a repository comes
 * up that it does not cover. One for all threads and modules of a build.
 */
final class RoleSession implements Signer {
    /** No request is begun with a session that ends so soon; an upload of a large layer needs no credentials to end. */
    private static final Duration LEFT = Duration.ofMinutes(3);

    /** When a renewal that has failed, and may succeed, is tried again, as long as the session in hand lasts. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private final RoleSettings role;
    private final RoleGrant grant;
    private final IdentityListener listener;
    private final InstantSource clock;
    private final Set<String> written = new TreeSet<>();
    private final Set<String> read = new TreeSet<>();
    private boolean asked;
    private int number;
    private int scope;
    private @Nullable Session session;
    private @Nullable AwsException refusal;

    RoleSession(RoleSettings role, RoleGrant grant, IdentityListener listener, InstantSource clock) {
        this.role = role;
        this.grant = grant;
        this.listener = listener;
        this.clock = clock;
    }

    /** A session and the times that are kept of it, by this machine's clock. */
    private record Session(RoleGrant.Assumed assumed, Instant renewAt, Instant end, boolean kept) {
        Session keptUntil(Instant later) {
            return new Session(assumed, later.isBefore(end) ? later : end, end, true);
        }
    }

    @Override
    public synchronized int prepare(Purpose purpose) throws AwsException {
        if (session == null || !covers(session, purpose)) {
            purpose.targets().forEach(target -> add(target, purpose.site()));
            scope++;
            begin(purpose);
        } else if (!clock.instant().isBefore(session.renewAt)) {
            renew(session, purpose);
        }
        return number;
    }

    @Override
    public synchronized boolean replace(int expired, Purpose purpose) throws AwsException {
        if (expired == number) {
            begin(purpose);
        }
        return true;
    }

    @Override
    public synchronized int scope() {
        return scope;
    }

    private boolean covers(Session begun, Purpose purpose) {
        return purpose.targets().stream().allMatch(target -> {
            String arn = target.arn(role.arn(), purpose.site().region());
            return begun.assumed.policy().covers(arn, target.written());
        });
    }

    private void add(SessionTarget target, Site site) {
        (target.written() ? written : read).add(target.arn(role.arn(), site.region()));
    }

    /** A session in hand is used to its end where there is no new one, as with an identity token that is given once. */
    private void renew(Session old, Purpose purpose) throws AwsException {
        try {
            begin(purpose);
        } catch (AwsException e) {
            Instant now = clock.instant();
            if (!now.isBefore(old.end)) {
                throw e;
            }
            if (!old.kept) {
                listener.keeps(String.valueOf(e.getMessage()), old.end);
            }
            boolean mayPass = WebIdentity.mayPass(e) || e.code().equals(AwsException.NO_IDENTITY_TOKEN);
            session = old.keptUntil(mayPass ? now.plus(LATER) : old.end);
        }
    }

    private void begin(Purpose purpose) throws AwsException {
        if (refusal != null) {
            throw refusal;
        }
        if (!asked) {
            role.targets().get().forEach(target -> add(target, purpose.site()));
            asked = true;
        }
        List<SessionPolicy> policies = SessionPolicy.candidates(written, read);
        Instant now = clock.instant();
        boolean renewed = session != null;
        RoleGrant.Assumed assumed = assume(policies, purpose);
        // Counted from before the request, and not read off the answer: this machine's clock may be wrong.
        Instant end = now.plus(role.duration());
        Instant twoThirds = now.plus(role.duration().multipliedBy(2).dividedBy(3));
        Instant ahead = end.minus(LEFT);
        session = new Session(assumed, twoThirds.isBefore(ahead) ? twoThirds : ahead, end, false);
        number++;
        listener.assumed(new IdentityListener.Session(
                role.arn(),
                grant.means(),
                assumed.granted().caller(),
                end,
                assumed.policy().scope(),
                renewed));
    }

    /** Keeps a refusal that stays one: each module of a build that goes on would ask for it again. */
    private RoleGrant.Assumed assume(List<SessionPolicy> policies, Purpose purpose) throws AwsException {
        try {
            return grant.assume(policies, purpose);
        } catch (AwsException e) {
            if (WebIdentity.isForGood(e)) {
                refusal = e;
            }
            throw e;
        }
    }

    @Override
    public synchronized Optional<Caller> caller() {
        return Optional.ofNullable(session).map(begun -> begun.assumed.granted().caller());
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (session == null) {
            throw new IllegalStateException("no session was begun before the request");
        }
        return session.assumed.granted().credentials();
    }

    @Override
    public void close() {
        grant.close(); // the sessions end by themselves
    }
}
