package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import java.util.Collection;
import java.util.List;

/**
 * The API of ECR at one site, for whoever the signer is.
 *
 * @param api the API
 * @param site where it is asked
 * @param signer signs the requests
 */
record ControlPlane(AwsApi api, Site site, Signer signer) {
    /**
     * Returns a call of an operation, yet to be made.
     *
     * @param targets the repositories that it is about; none for what concerns none
     */
    AwsCall call(String operation, Collection<SessionTarget> targets, Exchange.Listener listener) {
        return api.signed(operation, signer, new Signer.Purpose(site, targets, listener));
    }

    /** Has the credentials cover a repository before it is used on the data plane, with a login got by them. */
    void cover(SessionTarget target, Exchange.Listener listener) throws AwsException {
        signer.prepare(new Signer.Purpose(site, List.of(target), listener));
    }

    /** Returns what changes when a login covers less than the credentials in hand. */
    int scope() {
        return signer.scope();
    }
}
