package io.github.imagedelivery.ecr.aws;

import java.util.List;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** How sessions of a role are got from AWS STS. */
interface RoleGrant extends SdkAutoCloseable {
    /**
     * A session that STS gave.
     *
     * @param policy what limits it
     */
    record Assumed(StsCalls.Granted granted, SessionPolicy policy) {}

    /**
     * Assumes the role.
     *
     * @param policies the narrowest first; a wider one is taken where STS calls it too large
     * @throws AwsException with advice, if the role cannot be assumed
     */
    Assumed assume(List<SessionPolicy> policies, Signer.Purpose purpose) throws AwsException;

    /** Returns what the role was last assumed by, in words that follow "by". */
    String means();
}
