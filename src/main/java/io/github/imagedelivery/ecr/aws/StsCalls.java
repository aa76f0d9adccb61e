package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.ci.IdentityToken;
import io.github.imagedelivery.ecr.oci.SecretListener;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The operations of AWS STS that are needed. What needs a fresh identity token for each try is tried once. */
final class StsCalls {
    private static final Duration CALL = Duration.ofSeconds(30);
    private static final RetryStrategy ONCE = AwsRetryStrategy.doNotRetry();

    private final Supplier<SdkHttpClient> http;
    private final Optional<URI> endpoint;
    private final SecretListener secrets;

    /**
     * Creates the operations; asks nothing yet.
     *
     * @param http gives a new builder of connections
     * @param endpoint where STS is instead of at Amazon's address
     * @param secrets is told of each identity token, and of the keys of each session, before they are used
     */
    StsCalls(Supplier<SdkHttpClient> http, Optional<URI> endpoint, SecretListener secrets) {
        this.http = http;
        this.endpoint = endpoint;
        this.secrets = secrets;
    }

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
        SdkCall call = SdkCall.unsigned("sts:AssumeRoleWithWebIdentity", purpose.listener());
        try (StsClient client = client(purpose.site(), AnonymousCredentialsProvider.create(), ONCE)) {
            AssumeRoleWithWebIdentityResponse answer = call.run(rules -> client.assumeRoleWithWebIdentity(
                    request -> request.roleArn(role.arn().value())
                            .roleSessionName(role.sessionName())
                            .durationSeconds((int) role.duration().toSeconds())
                            .policy(policy.json())
                            .webIdentityToken(token.value())
                            .overrideConfiguration(rules)));
            return granted(answer.credentials(), answer.assumedRoleUser(), call);
        }
    }

    /** Assumes the role of the settings as the signer, limited by the policy; tries again as the SDK does. */
    Granted assume(RoleSettings role, Signer signer, SessionPolicy policy, Signer.Purpose purpose) throws AwsException {
        SdkCall call = SdkCall.signed("sts:AssumeRole", signer, purpose);
        try (StsClient client = client(purpose.site(), signer, AwsRetryStrategy.standardRetryStrategy())) {
            AssumeRoleResponse answer = call.run(rules ->
                    client.assumeRole(request -> request.roleArn(role.arn().value())
                            .roleSessionName(role.sessionName())
                            .durationSeconds((int) role.duration().toSeconds())
                            .policy(policy.json())
                            .overrideConfiguration(rules)));
            return granted(answer.credentials(), answer.assumedRoleUser(), call);
        }
    }

    private Granted granted(@Nullable Credentials keys, @Nullable AssumedRoleUser user, SdkCall call)
            throws AwsException {
        if (keys == null
                || keys.accessKeyId() == null
                || keys.secretAccessKey() == null
                || keys.sessionToken() == null
                || user == null
                || user.arn() == null) {
            throw call.strange("the answer holds no credentials, or does not say whose they are");
        }
        secrets.obtained(keys.accessKeyId());
        secrets.obtained(keys.secretAccessKey());
        secrets.obtained(keys.sessionToken());
        return new Granted(
                AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()),
                caller(user.arn()));
    }

    /** The account is the fifth part of an ARN. */
    private static Caller caller(String arn) {
        String[] parts = arn.split(":", -1);
        return new Caller(parts.length > 4 ? parts[4] : "", arn);
    }

    /** Asks who the signer is. */
    Caller caller(Signer signer, Signer.Purpose purpose) throws AwsException {
        SdkCall call = SdkCall.signed("sts:GetCallerIdentity", signer, purpose);
        try (StsClient client = client(purpose.site(), signer, ONCE)) {
            GetCallerIdentityResponse answer =
                    call.run(rules -> client.getCallerIdentity(request -> request.overrideConfiguration(rules)));
            if (answer.account() == null || answer.arn() == null) {
                throw call.strange("the answer does not say who the caller is");
            }
            return new Caller(answer.account(), answer.arn());
        }
    }

    private StsClient client(Site site, AwsCredentialsProvider credentials, RetryStrategy tries) {
        StsClientBuilder builder = StsClient.builder()
                .region(Region.of(site.region()))
                .credentialsProvider(credentials)
                .httpClient(http.get())
                .overrideConfiguration(rules -> rules.apiCallTimeout(CALL)
                        .addExecutionInterceptor(new SdkCalls())
                        .retryStrategy(tries));
        if (endpoint.isPresent()) {
            // The SDK refuses both of these together with an endpoint of one's own.
            builder.endpointOverride(endpoint.get()).fipsEnabled(false).dualstackEnabled(false);
        } else if (site.fips()) {
            builder.fipsEnabled(true);
        }
        return builder.build();
    }
}
