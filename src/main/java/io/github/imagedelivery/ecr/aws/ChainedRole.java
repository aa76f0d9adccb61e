package io.github.imagedelivery.ecr.aws;

import java.util.List;
import java.util.Optional;

/** Assumes a role by the credentials that the build has ({@code sts:AssumeRole}). */
final class ChainedRole implements RoleGrant {
    private final RoleSettings role;
    private final StsCalls sts;
    private final CredentialChain build;
    private volatile String found = "of the build";

    ChainedRole(RoleSettings role, StsCalls sts, Optional<AwsKeys> keys) {
        this.role = role;
        this.sts = sts;
        this.build = CredentialChain.of(keys, new IdentityListener() {
            @Override
            public void found(String source) {
                found = "from " + source;
            }
        });
    }

    @Override
    public Assumed assume(List<SessionPolicy> policies, Signer.Purpose purpose) throws AwsException {
        int policy = 0;
        while (true) {
            try {
                return new Assumed(sts.assume(role, build, policies.get(policy), purpose), policies.get(policy));
            } catch (AwsException e) {
                if (!e.code().equals(SessionPolicy.TOO_LARGE) || policy == policies.size() - 1) {
                    throw e.advised(new Advice("the role " + role.arn() + " cannot be assumed", remedy(e), List.of()));
                }
                policy++;
            }
        }
    }

    private String remedy(AwsException e) {
        if (e.code().equals(AwsException.NO_CREDENTIALS)) {
            return "let the job have an identity token, or log in to AWS with credentials that may assume the role";
        }
        return e.code().startsWith("AccessDenied")
                ? "allow sts:AssumeRole on " + role.arn()
                        + " to whom the cause names, in that one's policy and in the role's trust policy"
                : "put right what AWS STS refuses, or leave the role out";
    }

    @Override
    public String means() {
        return "credentials " + found;
    }

    @Override
    public void close() {
        build.close();
    }
}
