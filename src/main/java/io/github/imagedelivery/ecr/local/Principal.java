package io.github.imagedelivery.ecr.local;

import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param arn the user or the session of a role
 * @param policy what limits the session, if anything does
 */
record Principal(String arn, Optional<InlinePolicy> policy) {
    /** Returns one whom nothing limits. */
    static Principal of(String arn) {
        return new Principal(arn, Optional.empty());
    }
}
