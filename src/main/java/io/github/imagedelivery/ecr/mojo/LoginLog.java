package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.IdentityListener;
import io.github.imagedelivery.ecr.oci.Texts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.maven.plugin.logging.Log;

/** Says in Maven's log as whom AWS is asked, and why. */
final class LoginLog implements IdentityListener {
    private final LogLines log;

    LoginLog(Log log) {
        this.log = new LogLines(log);
    }

    @Override
    public void found(String source) {
        log.info("AWS: credentials from " + source);
    }

    @Override
    public void assumed(Session session) {
        log.info("AWS: " + Texts.shown(session.caller().arn()) + " by " + session.means()
                + ", " + (session.renewed() ? "renewed until " : "until ")
                + session.until().truncatedTo(ChronoUnit.SECONDS) + ", for " + session.scope());
    }

    @Override
    public void keeps(String cause, Instant until) {
        log.warn("AWS: the session of the role could not be renewed, and is used until it ends at "
                + until.truncatedTo(ChronoUnit.SECONDS) + ": " + cause);
    }

    @Override
    public void triesAgain(String cause) {
        log.warn("AWS: the role could not be assumed this time, and is tried again: " + cause);
    }

    /** Tells whose the credentials are that come from no role of this plugin. */
    void is(Caller caller) {
        log.info("AWS: " + Texts.shown(caller.arn()) + " by these credentials");
    }

    /** Tells that it is not known whose they are. */
    void isUnknown(Exception cause) {
        log.debug("AWS STS does not say whose the credentials are: " + cause.getMessage());
    }
}
