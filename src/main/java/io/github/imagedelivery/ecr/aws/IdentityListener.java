package io.github.imagedelivery.ecr.aws;

import java.time.Instant;

/** Is told as whom AWS is asked, and why. Called from several threads. */
public interface IdentityListener {
    /** Hears nothing. */
    IdentityListener NONE = new IdentityListener() {};

    /**
     * Credentials were found, no role being assumed by this plugin.
     *
     * @param source the first source of the SDK's default chain that gave some, with what it is configured by
     */
    default void found(String source) {}

    /** A session of a role has begun. */
    default void assumed(Session session) {}

    /**
     * AWS STS could not answer this time, and is asked again.
     *
     * @param cause in its own words
     */
    default void triesAgain(String cause) {}

    /**
     * A session could not be renewed and is used on; said once of each.
     *
     * @param cause in the words of whoever refused
     * @param until when it ends
     */
    default void keeps(String cause, Instant until) {}

    /**
     * A session of a role.
     *
     * @param role the role
     * @param means what it was got by: the identity token of a source, or credentials
     * @param caller who the session is for AWS
     * @param until when it ends
     * @param scope which repositories it may touch, in words
     * @param renewed whether it takes the place of an earlier one
     */
    record Session(RoleArn role, String means, Caller caller, Instant until, String scope, boolean renewed) {}
}
