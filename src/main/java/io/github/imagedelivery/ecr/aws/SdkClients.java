package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's clients of one control plane, each built when it is first needed: one that tries again, for reads, and one
 * that never does, for writes whose outcome must be known.
 */
final class SdkClients implements SdkAutoCloseable {
    private static final Duration CALL = Duration.ofMinutes(2);

    private final Supplier<EcrClientBuilder> builder;
    private final Site site;
    private final Signer signer;
    private final Consumer<RetryStrategy.Builder<?, ?>> pace;
    private @Nullable EcrClient reads;
    private @Nullable EcrClient writes;

    /**
     * Creates the clients' holder.
     *
     * @param builder gives a new builder, to which only the signer and the rules of the calls are added
     * @param signer signs the requests
     * @param pace the pauses between the attempts of a read
     */
    SdkClients(
            Supplier<EcrClientBuilder> builder, Site site, Signer signer, Consumer<RetryStrategy.Builder<?, ?>> pace) {
        this.builder = builder;
        this.site = site;
        this.signer = signer;
        this.pace = pace;
    }

    /**
     * Returns a call of an operation of ECR.
     *
     * @param targets the repositories that it is about; none for what concerns none
     */
    SdkCall call(String operation, Collection<SessionTarget> targets, Exchange.Listener listener) {
        return SdkCall.signed("ecr:" + operation, signer, new Signer.Purpose(site, targets, listener));
    }

    /** Has the credentials cover a repository before it is used on the data plane, with a login got by them. */
    void cover(SessionTarget target, Exchange.Listener listener) throws AwsException {
        signer.prepare(new Signer.Purpose(site, List.of(target), listener));
    }

    /** Returns what changes when a login covers less than the credentials in hand. */
    int scope() {
        return signer.scope();
    }

    synchronized EcrClient reads() {
        if (reads == null) {
            reads = build(rules -> rules.retryStrategy(strategy -> {
                strategy.retryOnException(SdkCall::isThrottling);
                strategy.treatAsThrottling(SdkCall::isThrottling);
                pace.accept(strategy);
            }));
        }
        return reads;
    }

    synchronized EcrClient writes() {
        if (writes == null) {
            writes = build(rules -> rules.retryStrategy(AwsRetryStrategy.doNotRetry()));
        }
        return writes;
    }

    private EcrClient build(Consumer<ClientOverrideConfiguration.Builder> retries) {
        return builder.get()
                .credentialsProvider(signer)
                .overrideConfiguration(rules -> {
                    rules.apiCallTimeout(CALL).addExecutionInterceptor(new SdkCalls());
                    retries.accept(rules);
                })
                .build();
    }

    @Override
    public synchronized void close() {
        if (reads != null) {
            reads.close();
        }
        if (writes != null) {
            writes.close();
        }
    }
}
