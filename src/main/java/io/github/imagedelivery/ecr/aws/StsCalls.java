package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.ci.IdentityToken;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.SecretListener;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The operations of AWS STS that are needed. What needs a fresh identity token for each try is tried once.
 *
 * @param api the service
 * @param secrets is told of each identity token, and of the keys of each session, before they are used
 */
record StsCalls(AwsApi api, SecretListener secrets) {
    /** What STS gave for an identity token. */
    record Granted(AwsSessionCredentials credentials, Caller caller) {
        /** Names who it is for. */
        @Override
        public String toString() {
            return caller.arn();
        }
    }

    /** Assumes the role of the settings with the token, limited by the policy. */
    Granted assume(RoleSettings role, IdentityToken token, SessionPolicy policy, Signer.Purpose purpose)
            throws AwsException {
        secrets.obtained(token.value());
        AwsCall call = api.unsigned("AssumeRoleWithWebIdentity", here(purpose));
        return granted(call.write(parameters(role, policy).with("WebIdentityToken", Json.of(token.value()))));
    }

    /** Assumes the role of the settings as the signer, limited by the policy; what may pass is tried again. */
    Granted assume(RoleSettings role, Signer signer, SessionPolicy policy, Signer.Purpose purpose) throws AwsException {
        return granted(api.signed("AssumeRole", signer, here(purpose)).read(parameters(role, policy)));
    }

    private static Json parameters(RoleSettings role, SessionPolicy policy) {
        return Json.object()
                .with("RoleArn", Json.of(role.arn().value()))
                .with("RoleSessionName", Json.of(role.sessionName()))
                .with("DurationSeconds", Json.of(Long.toString(role.duration().toSeconds())))
                .with("Policy", Json.of(policy.json()));
    }

    /** A registry's dual-stack host says nothing of STS. */
    private static Signer.Purpose here(Signer.Purpose purpose) {
        Site site = new Site(purpose.site().region(), purpose.site().fips(), false);
        return new Signer.Purpose(site, purpose.targets(), purpose.listener());
    }

    private Granted granted(Answer answer) throws AwsException {
        Answer keys = answer.part("Credentials");
        String id = keys.text("AccessKeyId");
        String secret = keys.text("SecretAccessKey");
        String token = keys.text("SessionToken");
        String arn = answer.part("AssumedRoleUser").text("Arn");
        if (id.isBlank() || secret.isBlank() || token.isBlank() || arn.isBlank()) {
            throw answer.call().strange("the answer holds no credentials, or does not say whose they are");
        }
        secrets.obtained(id);
        secrets.obtained(secret);
        secrets.obtained(token);
        return new Granted(AwsSessionCredentials.create(id, secret, token), caller(arn));
    }

    /** The account is the fifth part of an ARN. */
    private static Caller caller(String arn) {
        String[] parts = arn.split(":", -1);
        return new Caller(parts.length > 4 ? parts[4] : "", arn);
    }

    /** Asks who the signer is. */
    Caller caller(Signer signer, Signer.Purpose purpose) throws AwsException {
        Answer answer = api.signed("GetCallerIdentity", signer, here(purpose)).write(Json.object());
        String account = answer.text("Account");
        String arn = answer.text("Arn");
        if (account.isBlank() || arn.isBlank()) {
            throw answer.call().strange("the answer does not say who the caller is");
        }
        return new Caller(account, arn);
    }
}
