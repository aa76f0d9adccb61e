package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A switchboard for what may go wrong. Faults that are injected apply to requests by their {@link Occasion}; of several
 * the one injected first is outermost. Safe for use by several threads.
 */
public final class Faults {
    private final List<Injected> injected = new CopyOnWriteArrayList<>();
    private final Repositories repositories;
    private final Logins logins;
    private final Permissions permissions;
    private final Lag lag;

    Faults(Repositories repositories, Logins logins, Permissions permissions, Lag lag) {
        this.repositories = repositories;
        this.logins = logins;
        this.permissions = permissions;
        this.lag = lag;
    }

    private record Injected(Occasion occasion, Behaviour behaviour, AtomicInteger count) {}

    /** Makes the requests of that occasion meet that behaviour, until {@link #clear}. */
    public void inject(Occasion occasion, Behaviour behaviour) {
        injected.add(new Injected(occasion, behaviour, new AtomicInteger()));
    }

    /** Denies an IAM action such as {@code ecr:PutImage}, on both planes, until {@link #clear}. */
    public void deny(String action) {
        permissions.deny(action);
    }

    /** Hides each image and tag written from now on from its first n reads, until {@link #clear}. */
    public void hideWritesFromReads(int reads) {
        lag.set(reads);
    }

    /** Ends every login to the data plane that was given out so far. */
    public void expireLogins() {
        logins.expireAll();
    }

    /** Drops the blobs that no image refers to, as the service does at any time. */
    public void dropUnreferencedBlobs() throws IOException {
        repositories.dropUnreferencedBlobs();
    }

    /** Takes back what was injected, denied and hidden. */
    public void clear() {
        injected.clear();
        permissions.allowAll();
        lag.set(0);
    }

    /** Answers by the faults whose turn it is, and by the handler within. */
    Reply answer(Call call, Subject subject, Handler handler) throws IOException {
        Handler within = handler;
        for (int i = injected.size() - 1; i >= 0; i--) {
            within = around(injected.get(i), subject, within);
        }
        return within.answer(call);
    }

    private static Handler around(Injected fault, Subject subject, Handler next) {
        boolean isDue = fault.occasion().matches(subject)
                && fault.occasion().isTurn(fault.count().incrementAndGet());
        return isDue ? call -> fault.behaviour().meet(call, subject, next) : next;
    }
}
